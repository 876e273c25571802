import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

/** A clone of format 2 of a snapshot that is not protected. */
function cloned(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create s 8; rbd pool init s; rbd create s/p --size 8M');
  machine.must('rbd snap create --no-progress s/p@s; rbd clone --rbd-default-clone-format 2 s/p@s s/c');
  return machine;
}

test('what a clone is copied or migrated into is a clone of the format that the configuration says, as recorded', () => {
  const machine = cloned();
  expect(machine.run('rbd deep cp --no-progress s/c s/e')).toMatchObject({
    code: 22,
    err: expect.stringMatching(
      /validate_parent: parent snapshot must be protected\n.* header creation failed\nrbd: deep copy failed: \(22\) Invalid argument\n$/,
    ),
  });
  expect(machine.run('rbd migration prepare s/c s/f').code).toBe(22);
  expect(machine.must('rbd ls s')).toBe('c\np\n');
  expect(machine.must('rbd trash ls s')).toBe('');
  expect(machine.must('rbd info s/c')).not.toContain('migrating');
  machine.must('rbd snap protect s/p@s; rbd deep cp --no-progress s/c s/e; rbd migration prepare s/c s/f');
  for (const name of ['e', 'f']) {
    expect(machine.must(`rbd info s/${name}`)).toMatch(/op_features: \n.*parent: s\/p@s\n/s);
  }
  machine.must('rbd clone s/p@s s/c1 --rbd-default-clone-format 1');
  machine.must('rbd deep cp --no-progress s/c1 s/e1 --rbd-default-clone-format 2');
  expect(machine.must('rbd info s/e1')).toContain('op_features: clone-child\n');
});
