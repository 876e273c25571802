import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

test('refusals of wrong uses, as a real cluster gave them', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create g 8; rbd pool init g; rbd namespace create g/n; rbd create g/a -s 8M');
  machine.must('rbd create g/n/b -s 8M; rbd mirror pool enable g/n image');
  const missing = '[errno 2] RADOS object not found (Failed to operate write op for oid';
  const schedule = 'schedule remove failed: (2) No such file or directory';
  const refusals: readonly (readonly [string, number, string])[] = [
    ['mv g/a g/n/a', 22, 'rbd: mv/rename across namespaces not supported\nsource namespace:  dest namespace: n\n'],
    ['mirror pool info g/n', 2, ''],
    ['mirror pool info g/n --format json', 2, ''],
    ['mirror image snapshot g/n/b', 22, 'rbd: mirroring not enabled on the image\n'],
    [
      'mirror snapshot schedule rm -p g 1m',
      2,
      `rbd: rbd mirror snapshot ${schedule}: ${missing} rbd_mirror_snapshot_schedule)\n`,
    ],
    ['trash purge schedule rm -p g 1m', 2, `rbd: rbd trash purge ${schedule}: ${missing} rbd_trash_purge_schedule)\n`],
    [
      'migration prepare --import-only --source-spec x --source-spec-path y g/b',
      22,
      'rbd: cannot specify both source-spec and source-spec-path\n',
    ],
  ];
  for (const [words, code, err] of refusals) {
    expect(machine.run(`rbd ${words}`), words).toEqual({ code, out: '', err });
  }
  // The destination's namespace is the source's unless another is said.
  machine.must('rbd mv g/n/b g/c');
  expect(machine.must('rbd ls g/n')).toBe('c\n');
});
