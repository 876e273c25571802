import { describe, expect, test } from 'vitest';
import { shareOf } from '../../../../src/engine/osdmap/compare-maps.ts';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { stableMask, stableMod } from '../../../../src/engine/osdmap/placement.ts';
import { expectedCopies } from '../../../../src/engine/osdmap/spread.ts';
import { spreadOf } from '../../../../src/engine/osdmap/upmap/deviations.ts';
import { readCase } from '../../../helpers/crush-cases.ts';

describe('copies that each OSD should have', () => {
  test.each([
    'upmaps',
    'temps',
    'choose-args',
    'reweights',
    'mixed-algs',
  ])('%s: as the balancer reckons, for each pool whose rule takes one thing', (name) => {
    const map = decodeOsdMap(readCase(name, 'osdmap.bin'));
    let compared = 0;
    for (const pool of map.pools.values()) {
      const takes = map.crush.rules.get(pool.crushRule)?.steps.filter(({ op }) => op === 'take').length;
      const spread = spreadOf(map, [pool.id]);
      if (takes !== 1 || spread === undefined) continue;
      const expected = expectedCopies({ ...map, pools: new Map([[pool.id, pool]]) });
      const wanted = Array.from(
        { length: map.maxOsd },
        (_, osd) => (spread.weights.get(osd) ?? 0) * spread.pgsPerWeight,
      );
      for (const [osd, copies] of expected.entries()) expect(copies).toBeCloseTo(wanted[osd] ?? 0, 3);
      compared++;
    }
    expect(compared).toBeGreaterThan(0);
  });
});

test("a PG's share of a pool's objects is that of the hashes which lead to it", () => {
  for (let pgNum = 1; pgNum <= 70; pgNum++) {
    const hashes = 256;
    const counts = new Array<number>(pgNum).fill(0);
    for (let hash = 0; hash < hashes; hash++) {
      const seed = stableMod(hash, pgNum, stableMask(pgNum));
      counts[seed] = (counts[seed] ?? 0) + 1;
    }
    for (const [seed, count] of counts.entries()) expect(shareOf(seed, pgNum)).toBe(count / hashes);
  }
});
