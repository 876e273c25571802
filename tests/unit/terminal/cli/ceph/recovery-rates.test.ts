import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

/** A machine on which an OSD has missed writes, is back, and has got most of them. */
function recovering(): TestMachine {
  const machine = new TestMachine();
  machine.must(
    'ceph osd pool create p 1; ceph osd pool application enable p rados; head -c 1M /dev/zero > f; sleep 60',
  );
  const [, second] = /acting \(\[(\d+),(\d+)/.exec(machine.must('ceph osd map p o1'))?.slice(1) ?? [];
  machine.must(`systemctl stop ceph-osd@${second}`);
  machine.must('for n in 1 2 3 4 5 6; do rados -p p put o$n f; rados -p p setomapval o$n k v; done; sleep 60');
  machine.must(`systemctl start ceph-osd@${second}; sleep 10`);
  return machine;
}

test('status, pg stat and pool stats tell what was recovered in the last half minute, and forget it', () => {
  const machine = recovering();
  const rate = String.raw`\d+(?:\.\d+)? [KM]iB/s, 0 keys/s, 0 objects/s`;
  expect(machine.must('ceph -s')).toMatch(new RegExp(`\n  io:\n    recovery: ${rate}\n`));
  expect(machine.must('ceph pg stat')).toMatch(new RegExp(`; ${rate} recovering\n$`));
  expect(machine.must('ceph osd pool stats p')).toMatch(new RegExp(`^pool p id 2\n  recovery io ${rate}\n\n$`));
  const [pool] = JSON.parse(machine.must('ceph osd pool stats p -f json'));
  expect(pool.recovery_rate).toMatchObject({
    num_objects_recovered: 6,
    num_bytes_recovered: 6 << 20,
    num_keys_recovered: 6,
  });
  expect(JSON.parse(machine.must('ceph -s -f json')).pgmap).toMatchObject(pool.recovery_rate);
  expect(JSON.parse(machine.must('ceph pg stat -f json')).pg_summary).toMatchObject(pool.recovery_rate);
  machine.must('sleep 60');
  expect(machine.must('ceph -s')).not.toContain('recovery:');
  expect(machine.must('ceph pg stat')).not.toContain('recovering');
});

test('what is degraded is told for each pool in JSON as well', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 1; echo x > f; rados -p p put o f; systemctl stop ceph-osd@{0,1,2}; sleep 5');
  const [pool] = JSON.parse(machine.must('ceph osd pool stats p -f json'));
  expect(pool.recovery).toEqual({ degraded_objects: 1, degraded_total: 3, degraded_ratio: 1 / 3 });
});
