import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { pgIdText } from '../../../../src/engine/osdmap/pg-id.ts';
import { mapperOf } from '../../../../src/engine/osdmap/pg-mapper.ts';
import { balancePrimaries } from '../../../../src/engine/osdmap/read/balance-primaries.ts';
import { readBalanceOf } from '../../../../src/engine/osdmap/read-balance.ts';
import { ToolBench } from './bench.ts';

function recorded(path: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../../../conformance/placement/${path}`, import.meta.url)));
}

function withMap(name: string): ToolBench {
  const bench = new ToolBench();
  bench.put('om', recorded(`${name}/osdmap.bin.gz`));
  return bench;
}

describe('--read', () => {
  test.each(['upmaps', 'too-few-hosts', 'uniform', 'straw2-jewel'])('of %s gives what the real tool gave', (name) => {
    const { code, stdout } = withMap(name).run('osdmaptool om --read - --read-pool rep3');
    expect(code).toBe(0);
    expect(stdout).toBe(recorded(`${name}/read_rep3.txt.gz`).toString());
  });

  test('writes to a file what it would print, for a sandbox of the source tree too', () => {
    const bench = withMap('uniform');
    const printed = recorded('uniform/read_rep3.txt.gz').toString().split('\n');
    const lines = printed.filter((line) => line.startsWith('ceph '));
    bench.must('osdmaptool om --read out --read-pool rep3 --vstart');
    const file = Buffer.from(bench.file('out')).toString();
    expect(file).toBe(lines.map((line) => `./bin/${line}\n`).join(''));
  });

  test('wants a replicated pool that is there, and a read ratio for sizes', () => {
    const bench = withMap('simple-9');
    expect(bench.run('osdmaptool om --read -').stderr).toContain(' pool  does not exist\n');
    expect(bench.run('osdmaptool om --osd-size-aware').stderr).toContain('only applicable to read mode\n');
    const { code, stderr } = bench.run('osdmaptool om --read - --read-pool rbd --osd-size-aware');
    expect(code).toBe(1);
    expect(stderr).toContain('The read ratio for pool rbd is unset or invalid.');
  });
});

describe('balanced primaries', () => {
  const base = decodeOsdMap(recorded('simple-9/osdmap.bin.gz'));

  /** The map with its OSDs there, up, and willing as given. */
  function mapWith(affinities: readonly number[]): OsdMap {
    const osds = base.osds.map(
      (osd, id) => osd && { ...osd, up: true, weight: 0x10000, primaryAffinity: affinities[id] ?? 0x10000 },
    );
    const { extra: _, ...plain } = base;
    return { ...plain, osds };
  }

  test('are members of their PGs, and make the score better', () => {
    const affinity = fc.constantFrom(0, 0x4000, 0x8000, 0x10000, 0x10000);
    fc.assert(
      fc.property(fc.array(affinity, { minLength: 9, maxLength: 9 }), (affinities) => {
        const map = mapWith(affinities);
        const [pool] = [...map.pools.values()];
        if (pool === undefined) throw new Error('no pool');
        const changes = balancePrimaries(map, pool, 'simple');
        if (changes === undefined || changes.primaries.size === 0) return;
        const balanced: OsdMap = { ...map, pgUpmapPrimaries: new Map(changes.primaries) };
        for (let seed = 0; seed < pool.pgNum; seed++) {
          const wanted = changes.primaries.get(pgIdText(pool.id, seed));
          if (wanted !== undefined) expect(mapperOf(map).get(pool, seed).up).toContain(wanted);
        }
        const score = (of: OsdMap) => readBalanceOf(of, pool)?.scoreStable ?? 0;
        expect(score(balanced)).toBeLessThan(score(map));
      }),
    );
  });
});
