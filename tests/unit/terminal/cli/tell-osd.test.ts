import { expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

function machineWithPool(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 1; head -c 5000 /dev/zero > x');
  return machine;
}

/** The primary of the pool's one PG. */
function primaryOf(machine: TestMachine): number {
  return Number(/acting \(\[\d+,\d+,\d+\], p(\d+)\)/.exec(machine.must('ceph osd map p a'))?.[1]);
}

test('counters of an OSD: requests that it served as primary, and PGs that it holds', () => {
  const machine = machineWithPool();
  machine.must('rados -p p put a x; rados -p p get a y; rados -p p setxattr a k v');
  const counters = (osd: number) =>
    JSON.parse(machine.must(`ceph tell osd.${osd} perf dump`)).osd as Record<string, number>;
  const primary = primaryOf(machine);
  expect(counters(primary)).toMatchObject({
    op: 3,
    op_r: 1,
    op_w: 2,
    op_w_in_bytes: 5 * 1024,
    op_r_out_bytes: 5 * 1024,
  });
  const all = Array.from({ length: 9 }, (_, osd) => counters(osd));
  const sum = (name: string) => all.reduce((total, each) => total + (each[name] ?? 0), 0);
  expect([sum('op'), sum('numpg_primary'), sum('numpg_replica'), sum('numpg_stray')]).toEqual([3, 2, 4, 0]);
  expect(machine.must(`ceph tell osd.${primary} perf dump osd op`)).toBe(
    '{\n    "osd": {\n        "op": 3\n    }\n}\n',
  );
});

test('osd.* asks every OSD, with the name of each before its answer', () => {
  const answers = machineWithPool()
    .must("ceph tell 'osd.*' version")
    .split(/^(?=osd\.)/m);
  expect(answers).toHaveLength(9);
  expect(answers[8]).toMatch(/^osd\.8: \{\n {4}"version": "20\.2\.4",/);
});

test('bench takes the time of a device, and refuses what would last too long', () => {
  const machine = machineWithPool();
  const began_us = machine.cluster.now_us();
  const { bytes_written, elapsed_sec, iops } = JSON.parse(machine.must('ceph tell osd.1 bench 41943040 4194304'));
  expect(bytes_written).toBe(41_943_040);
  expect(iops).toBeCloseTo(10 / elapsed_sec);
  expect(machine.cluster.now_us() - began_us).toBeGreaterThanOrEqual(elapsed_sec * 1e6);
  const { code, err } = machine.run('ceph tell osd.1 bench 12288001 4096');
  expect(code).toBe(22);
  expect(err).toMatch(/^Error EINVAL: 'count' values greater than 12288000 for a block size of 4 KiB/);
  expect(machine.run('ceph tell osd.1 bench 12288000 4096').code).toBe(0);
  expect(machine.run('ceph tell osd.1 bench 1 67108865').code).toBe(22);
});

test('who watches an object is told by its primary alone', () => {
  const machine = machineWithPool();
  machine.must('ceph osd pool create rbd 1; rbd create rbd/i --size 1M; rbd map rbd/i');
  const told = Array.from({ length: 9 }, (_, osd) => JSON.parse(machine.must(`ceph tell osd.${osd} dump_watchers`)));
  const watched = told.flat();
  expect(watched).toHaveLength(1);
  expect(watched[0].object).toMatch(/^rbd_header\./);
});

test('an OSD that is down does not answer, one that is not there neither', () => {
  const machine = machineWithPool();
  machine.must('systemctl stop ceph-osd@3; sleep 3');
  expect(machine.run('ceph tell osd.3 status')).toMatchObject({
    ...{ code: 6, err: 'Error ENXIO: problem getting command descriptions from osd.3\n' },
  });
  expect(machine.run('ceph tell osd.9 status')).toMatchObject({
    ...{ code: 2, err: 'Error ENOENT: problem getting command descriptions from osd.9\n' },
  });
});
