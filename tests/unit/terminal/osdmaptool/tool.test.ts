import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ToolBench } from './bench.ts';

function recorded(path: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../../../conformance/placement/${path}`, import.meta.url)));
}

function withMap(name: string): ToolBench {
  const bench = new ToolBench();
  bench.put('om', recorded(`${name}/osdmap.bin.gz`));
  return bench;
}

describe('a map that is made', () => {
  test('has a host, a rack, a rule and a pool', () => {
    const bench = new ToolBench();
    expect(bench.run('osdmaptool --createsimple 3 om --with-default-pool').stdout).toBe(
      'osdmaptool: writing epoch 1 to om\n',
    );
    const printed = bench.run('osdmaptool om --print').stdout;
    expect(printed).toMatch(
      /^pool 1 'rbd' replicated size 3 min_size 2 crush_rule 0 object_hash rjenkins pg_num 192 pgp_num 192 autoscale_mode on last_change 0 flags hashpspool stripe_width 0 application rbd$/m,
    );
    expect(printed).toMatch(/^max_osd 3\n\n$/m);
    expect(bench.run('osdmaptool om --test-map-pgs').stdout).toBe(
      'pool 1 pg_num 192\n#osd\tcount\tfirst\tprimary\tc wt\twt\n in 0\n' +
        ' avg 0 stddev -nan (-nanx) (expected -nan -nanx))\nsize 0\t192\n',
    );
  });

  // As the tool of 20.2.4 answers.
  test('goes by the configuration file that is named: the sections of the client, not those of daemons', () => {
    const bench = new ToolBench();
    const sections = {
      global: ['osd_pool_default_size = 2', 'osd_pool_default_pg_num = 16', 'osd pool default flags = 4'],
      client: ['osd_pool_default_size = 4'],
      'client.admin': ['osd_pool_default_min_size = 1', 'osd_crush_chooseleaf_type = 0'],
      osd: ['osd_pool_default_flag_nodelete = true'],
      mon: ['osd_pool_default_flag_bulk = true'],
    };
    const text = Object.entries(sections).map(([name, lines]) => `[${name}]\n${lines.join('\n')}\n`);
    bench.put('conf', Buffer.from(text.join('')));
    bench.run('osdmaptool --createsimple 4 om --with-default-pool -c conf');
    expect(bench.run('osdmaptool om --print').stdout).toContain(
      "pool 1 'rbd' replicated size 4 min_size 1 crush_rule 0 object_hash rjenkins pg_num 256 pgp_num 256 " +
        'autoscale_mode on last_change 0 flags hashpspool,ec_overwrites stripe_width 0 application rbd',
    );
    bench.run('osdmaptool om --export-crush crush');
    expect(bench.run('crushtool -d crush').stdout).toContain('step choose firstn 0 type osd');
  });

  test('goes by the defaults where that file is not there, which is told', () => {
    const bench = new ToolBench();
    const { code, stderr } = bench.run('osdmaptool --createsimple 4 om -c none');
    expect([code, stderr]).toEqual([
      0,
      "can't open none: (2) No such file or directory\nosdmaptool: osdmap file 'om'\n",
    ]);
  });

  test('is not written over another', () => {
    const bench = withMap('simple-3');
    const { code, stderr } = bench.run('osdmaptool --createsimple 3 om');
    expect(code).toBe(255);
    expect(stderr).toBe("osdmaptool: osdmap file 'om'\nosdmaptool: om exists, --clobber to overwrite\n");
    expect(bench.run('osdmaptool --createsimple 0 om --clobber').stderr).toContain('osd count must be > 0');
  });

  test('takes a CRUSH map and gives it', () => {
    const bench = new ToolBench();
    bench.run('osdmaptool --createsimple 3 om');
    expect(bench.run('osdmaptool --export-crush oc om').stdout).toBe('osdmaptool: exported crush map to oc\n');
    expect(bench.run('osdmaptool --import-crush oc om').stdout).toBe(
      'osdmaptool: imported 505 byte crush map from oc\nosdmaptool: writing epoch 3 to om\n',
    );
    expect(bench.run('osdmaptool --adjust-crush-weight 0:5 om --save').stdout).toBe(
      'Adjusted osd.0 CRUSH weight to 5\nosdmaptool: writing epoch 5 to om\n',
    );
    expect(bench.run('osdmaptool om --tree').stdout).toMatch(/^ 0 +5\.00000 +osd\.0 +DNE/m);
  });
});

describe('the upmap balancer', () => {
  test('gives the upmaps that the real tool gave for this seed', () => {
    const { stdout } = withMap('mixed-algs').run(
      'osdmaptool om --upmap - --upmap-pool rep3 --upmap-seed 42 --upmap-deviation 1 --upmap-max 60',
    );
    expect(stdout).toBe(recorded('mixed-algs/upmap_seed_42.txt.gz').toString());
  });

  test('leaves nothing to do behind', () => {
    const bench = withMap('mixed-algs');
    const command = 'osdmaptool om --upmap - --upmap-pool rep3 --upmap-deviation 1 --upmap-max 200 --save';
    expect(bench.run(command).stdout).toMatch(/^ceph osd pg-upmap-items 1\./m);
    expect(bench.run(command).stdout).toMatch(/Unable to find further optimization/);
  });
});

test.each([
  ['osdmaptool', 1, 'osdmaptool: -h or --help for usage\n'],
  ['osdmaptool --print nofile', 255, /couldn't open nofile: can't open nofile: \(2\) No such file or directory\n$/],
  ['osdmaptool --test-map-pgs', 1, 'osdmaptool: must specify osdmap filename\n'],
  ['osdmaptool om other', 1, 'osdmaptool: too many arguments\n'],
  ['osdmaptool om', 1, /osdmaptool: no action specified\?\n$/],
  ['osdmaptool om --test-map-object foo --pool', 1, 'Option --pool requires an argument.\n\n'],
  ['osdmaptool om --test-map-object foo --pool bar', 1, "The option value 'bar' is invalid\n"],
  ['osdmaptool om --test-map-pgs --pool 123', 1, /There is no pool 123\n$/],
  ['osdmaptool om --test-map-pg 1.g', 1, /failed to parse pg '1\.g\n$/],
])('%s is told off', (line, code, message) => {
  const answer = withMap('simple-3').run(line);
  expect(answer.code).toBe(code);
  if (typeof message === 'string') expect(answer.stderr).toBe(message);
  else expect(answer.stderr).toMatch(message);
});

test('a damaged map is told so, and stays as it is', () => {
  const bench = new ToolBench();
  bench.put('om', new Uint8Array(100));
  const { code, stderr } = bench.run('osdmaptool om --print');
  expect(stderr).toBe("osdmaptool: osdmap file 'om'\nosdmaptool: error decoding osdmap 'om'\n");
  expect(code).toBe(255);
});
