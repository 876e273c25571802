import { describe, expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';
import { dumpOf, firstDifference } from '../../../helpers/table-dump.ts';

/** A machine with a mapped image that its device has written to, and so holds the lock of. */
function mapped(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 1M --object-size 64K; rbd map p/a');
  machine.must('dd if=/dev/urandom of=/dev/rbd0 bs=4K count=3');
  return machine;
}

describe('ST1: a mapped device, after records were brought back', () => {
  for (const line of [
    'dd if=/dev/urandom of=/dev/rbd0 bs=4K count=1 seek=40',
    'dd if=/dev/rbd0 bs=64K count=2 | md5sum',
    'rbd snap create p/a@s',
    'rbd resize p/a --size 2M; ls -l /dev/rbd0; stat -c %s /dev/rbd0',
    'rbd unmap /dev/rbd0',
  ]) {
    test(`does the same as if nothing had been: ${line}`, () => {
      const [straight, travelled] = [mapped(), mapped()];
      travelled.cluster.records.commit();
      travelled.run('rbd resize p/a --size 8M; dd if=/dev/zero of=/dev/rbd0 bs=4K count=9; rbd snap create p/a@t');
      travelled.cluster.records.rollback();
      travelled.resume();
      expect(travelled.run(line)).toEqual(straight.run(line));
      expect(firstDifference(dumpOf(straight.cluster.records), dumpOf(travelled.cluster.records))).toBe(null);
    });
  }

  test('gives its lock to another client at once: it is no dead one', () => {
    const machine = mapped();
    machine.resume();
    const before_us = machine.cluster.now_us();
    machine.must('rbd snap create p/a@s');
    expect(machine.cluster.now_us() - before_us).toBeLessThan(1_000_000);
  });
});
