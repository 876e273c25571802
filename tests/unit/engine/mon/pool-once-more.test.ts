import { expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

test('a pool takes the weights that CRUSH has for it along, and what clients had to know for them', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; ceph osd crush weight-set create p flat');
  expect(machine.must('ceph osd crush weight-set ls').trim()).toBe('p');
  machine.must('ceph osd pool rm p p --yes-i-really-really-mean-it');
  expect(machine.must('ceph osd crush weight-set ls').trim()).toBe('');
});

test('a pool that is there is no error, but of the other type it is', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8');
  expect(machine.must('ceph osd pool create p 16 2>&1')).toBe("pool 'p' already exists\n");
  const refused = machine.run('ceph osd pool create p 16 erasure');
  expect([refused.code, refused.err]).toEqual([22, "Error EINVAL: pool 'p' cannot change to type erasure\n"]);
});
