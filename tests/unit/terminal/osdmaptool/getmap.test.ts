import { expect, test } from 'vitest';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../../../src/engine/osdmap/encode.ts';
import { ToolBench } from './bench.ts';

test('the map that a cluster gives away is the map that it has', () => {
  const bench = new ToolBench();
  bench.must('ceph osd pool create data 32');
  bench.must('ceph osd out 4');
  expect(bench.run('ceph osd getmap -o om.bin').stderr).toBe(`got osdmap epoch ${bench.cluster.monitor.map().epoch}\n`);
  const bytes = bench.file('om.bin');
  const map = decodeOsdMap(bytes);
  expect(map.osds[4]?.weight).toBe(0);
  expect(Buffer.from(encodeOsdMap(map)).equals(bytes)).toBe(true);
});

test('the tools read what the cluster gives away, and say of it what the cluster says', () => {
  const bench = new ToolBench();
  bench.must('ceph osd pool create data 32');
  // PGs that come to be still tell the monitor that their primaries are up.
  bench.cluster.run(bench.cluster.settle());
  bench.must('ceph osd getmap -o om.bin');
  expect(bench.must('osdmaptool om.bin --tree')).toBe(bench.must('ceph osd tree'));
  const dumped = (json: string): Record<string, unknown> => JSON.parse(json);
  expect(dumped(bench.must('osdmaptool om.bin --dump json'))).toEqual(dumped(bench.must('ceph osd dump -f json')));
  expect(bench.must('osdmaptool om.bin --test-map-object foo --pool 2')).toMatch(
    /^ object 'foo' -> 2\.[0-9a-f]+ -> \[/,
  );
  bench.must('ceph osd getcrushmap -o crush.bin');
  bench.must('osdmaptool om.bin --export-crush crush2.bin');
  expect(Buffer.from(bench.file('crush.bin')).equals(bench.file('crush2.bin'))).toBe(true);
});
