import { expect, test } from 'vitest';
import { bytesData } from '../../../../src/engine/base/data.ts';
import { CephError, strerror } from '../../../../src/engine/base/errno.ts';
import { TestMachine } from '../../../helpers/machine.ts';

function fullPool(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create q 8; echo four > x; rados -p q put a x; rados -p q put b x');
  return machine;
}

/** What a write says that is sent to the full pool all the same. */
function tried(machine: TestMachine, oid: string, bytes: number): string {
  const io = machine.cluster.connect().ioCtx('q').withFullTry();
  try {
    machine.cluster.run(io.writeFull(oid, bytesData(new Uint8Array(bytes))));
    return 'written';
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return strerror(error.errno);
  }
}

test('a pool at its quota refuses what makes it grow with EDQUOT, and takes the rest', () => {
  const machine = fullPool();
  machine.must('ceph osd pool set-quota q max_objects 2; sleep 5');
  expect(machine.must('ceph osd pool ls detail')).toContain('full,full_quota');
  expect(tried(machine, 'c', 1)).toBe('Disk quota exceeded');
  expect(tried(machine, 'a', 6)).toBe('Disk quota exceeded');
  expect(tried(machine, 'a', 5)).toBe('written');
  expect(machine.must('rados -p q ls').trim().split('\n').sort()).toEqual(['a', 'b']);
});

test('a full cluster refuses it with ENOSPC', () => {
  const machine = fullPool();
  machine.must(
    'ceph osd set-nearfull-ratio 0.00001; ceph osd set-backfillfull-ratio 0.00002; ceph osd set-full-ratio 0.00003; sleep 5',
  );
  expect(machine.must('ceph osd pool ls detail')).toMatch(/'q' .*flags hashpspool,full /);
  expect(tried(machine, 'c', 1)).toBe('No space left on device');
});

test('without being told to try, a write waits; removing with --force-full does not', () => {
  const machine = fullPool();
  machine.must('ceph osd pool set-quota q max_objects 2; sleep 5');
  expect(machine.run('rados -p q put c x').code).toBe(124);
  machine.must('rados -p q rm a --force-full');
  expect(machine.must('rados -p q ls')).toBe('b\n');
});
