import { expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

interface DfPool {
  readonly name: string;
  readonly size_bytes: number;
  readonly num_objects: number;
  readonly num_object_clones: number;
  readonly read_ops: number;
  readonly read_bytes: number;
  readonly write_ops: number;
  readonly write_bytes: number;
}

function poolOf(machine: TestMachine, name = 'p'): DfPool {
  const { pools } = JSON.parse(machine.must('rados df --format json')) as { pools: DfPool[] };
  const pool = pools.find((each) => each.name === name);
  if (pool === undefined) throw new Error(`no pool ${name}`);
  return pool;
}

function machineWithPool(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; head -c 131072 /dev/urandom > x');
  return machine;
}

test('reads and writes are counted by operation, bytes in whole KiB; what is refused is not', () => {
  const machine = machineWithPool();
  machine.must('rados -p p put a x --offset 1048576; rados -p p put a x --offset 65536');
  machine.run('rados -p p rm nothing');
  machine.run('rados -p p get nothing -');
  expect(poolOf(machine)).toMatchObject({ write_ops: 2, write_bytes: 262_144, read_ops: 0, size_bytes: 3 * 262_144 });
  machine.must('rados -p p get a y; rados -p p setxattr a k v; rados -p p setomapval a k v; rados -p p rm a');
  expect(poolOf(machine)).toMatchObject({
    ...{ write_ops: 5, write_bytes: 262_144 + 1024, read_ops: 1, read_bytes: 1_179_648, num_objects: 0, size_bytes: 0 },
  });
});

test('a clone takes room for what the head has no more, and is an object', () => {
  const machine = machineWithPool();
  machine.must('rados -p p put a x; rados -p p mksnap s; head -c 4096 x > y; rados -p p put a y --offset 0');
  expect(poolOf(machine)).toMatchObject({
    ...{ num_objects: 2, num_object_clones: 1, size_bytes: 3 * (131_072 + 4096) },
  });
});

test("a pool's shards take k+m k-ths", () => {
  const machine = machineWithPool();
  machine.must(
    'ceph osd erasure-code-profile set e k=2 m=1; ceph osd pool create ec 8 8 erasure e; rados -p ec put a x',
  );
  expect(poolOf(machine, 'ec')).toMatchObject({ size_bytes: 196_608, write_ops: 1, write_bytes: 131_072 });
});

test('what clients do is told for half a minute', () => {
  const machine = machineWithPool();
  expect(machine.must('ceph -s')).not.toContain('io:');
  machine.must('rados -p p put a x; rados -p p get a y; sleep 5');
  const text = '26 KiB/s rd, 26 KiB/s wr, 0 op/s rd, 0 op/s wr';
  expect(machine.must('ceph -s')).toContain(`  io:\n    client:   ${text}\n`);
  expect(machine.must('ceph osd pool stats p')).toBe(`pool p id 2\n  client io ${text}\n\n`);
  expect(machine.must('ceph pg stat')).toMatch(/avail; 26 KiB\/s rd, 26 KiB\/s wr, 0 op\/s$/m);
  machine.must('sleep 60');
  expect(machine.must('ceph osd pool stats p')).toBe('pool p id 2\n  nothing is going on\n\n');
});
