import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

test('JO1: what is written is in the journal first, an entry an object in turn; commit follows when the image is closed', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 8M');
  expect(machine.run('rbd journal info --pool p --image a').err).toBe('rbd: journaling is not enabled for image a\n');
  machine.must('rbd feature enable p/a journaling');
  const id = /id: (\w+)/.exec(machine.must('rbd info p/a'))?.[1] ?? '';
  machine.must('rbd bench --io-type write --io-size 4K --io-total 20K --io-pattern seq p/a');
  const objects = machine.must('rados -p p ls').split('\n');
  const entries = objects.filter((oid) => oid.startsWith('journal_data.')).sort();
  const pool = machine.cluster.connect().ioCtx('p').poolId;
  expect(entries).toEqual([0, 1, 2, 3].map((no) => `journal_data.${pool}.${id}.${no}`));
  expect(machine.must('rbd journal info --pool p --image a')).toBe(
    `rbd journal '${id}':\n\theader_oid: journal.${id}\n\tobject_oid_prefix: journal_data.${pool}.${id}.\n\torder: 24 (16 MiB objects)\n\tsplay_width: 4\n`,
  );
  expect(machine.must('rbd journal status --pool p --image a')).toContain('entry_tid=4]');
  machine.must('rbd feature disable p/a journaling');
  expect(machine.must('rados -p p ls')).not.toContain('journal');
});

test('JO2: an image that is mirrored by its journal belongs to nobody once it was demoted', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 8M; rbd mirror pool enable p image');
  machine.must('rbd mirror image enable p/a; rbd mirror image demote p/a');
  expect(machine.must('rbd info p/a')).toContain('mirroring primary: false');
  expect(machine.run('rbd snap create p/a@s').code).toBe(30);
  machine.must('rbd mirror image promote p/a; rbd snap create p/a@s; rbd snap rm p/a@s; rbd rm p/a');
  expect(machine.must('rados -p p ls')).not.toContain('journal');
});
