import { expect, test } from 'vitest';
import { encodeOsdMap } from '../../../../src/engine/osdmap/encode.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { ToolBench } from '../../terminal/osdmaptool/bench.ts';

const LINES = [
  'ceph osd pool create p 16',
  'ceph osd crush add-bucket rack1 rack',
  'ceph osd crush move ceph1 rack=rack1 root=default',
  'ceph osd out 3',
  'ceph osd pool set p pg_num 8',
  'ceph osd crush rm-device-class 0 1',
  'ceph osd crush weight-set create-compat',
  'ceph osd in 3',
  'ceph osd setmaxosd 12',
  'ceph osd set noout',
  'ceph osd pg-upmap-items 1.0 0 1',
  'ceph osd stop 2',
  'ceph osd pool rm p p --yes-i-really-really-mean-it',
  'ceph osd crush tunables bobtail',
];

test('the map of each past epoch is what it was, byte for byte', () => {
  const bench = new ToolBench();
  const { cluster } = bench;
  const maps = new Map<number, OsdMap>();
  const keep = () => maps.set(cluster.monitor.map().epoch, cluster.monitor.map());
  const told = cluster.monitor.onPublish;
  cluster.monitor.onPublish = () => {
    keep();
    told?.();
  };
  keep();
  for (const line of LINES) {
    bench.run(line);
    cluster.run(cluster.settle());
  }
  expect(maps.size).toBeGreaterThan(LINES.length);
  for (const [epoch, map] of maps) {
    const past = cluster.monitor.mapAt(epoch);
    expect(past, String(epoch)).toEqual(map);
    expect(Buffer.from(encodeOsdMap(past ?? map)).equals(Buffer.from(encodeOsdMap(map)))).toBe(true);
  }
  expect(cluster.monitor.mapAt(cluster.monitor.map().epoch + 1)).toBeUndefined();
});

test('commands answer of a past epoch, and refuse one that there is not', () => {
  const bench = new ToolBench();
  const { epoch } = bench.cluster.monitor.map();
  const before = bench.must('ceph osd tree');
  bench.must('ceph osd crush add-bucket rack1 rack');
  bench.must('ceph osd crush move ceph1 rack=rack1');
  expect(bench.must('ceph osd tree')).not.toBe(before);
  expect(bench.must(`ceph osd tree ${epoch}`)).toBe(before);
  expect(bench.must(`ceph osd dump ${epoch}`)).toMatch(new RegExp(`^epoch ${epoch}\n`));
  expect(bench.run(`ceph osd getmap ${epoch} -o map`).stderr).toBe(`got osdmap epoch ${epoch}\n`);
  expect(bench.run('ceph osd dump 100000')).toMatchObject({
    code: 2,
    stderr: 'Error ENOENT: there is no map for epoch 100000\n',
  });
});
