import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

test('Import.cc do_import_header: features that come by themselves, as operations with a clone, are not imported', () => {
  const machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  machine.must('ceph osd pool create p 4; ceph osd pool create d 4; rbd pool init p');
  machine.must('rbd create p/a --size 8K --object-size 4K --data-pool d; rbd snap create p/a@s');
  machine.must('rbd clone p/a@s p/c --rbd-default-clone-format 2');
  expect(machine.must('rbd info p/a')).toMatch(/features: .*data-pool, operations/);
  machine.must('rbd export --export-format 2 p/a f && rbd import --export-format 2 f p/b');
  expect(machine.must('rbd info p/b')).toMatch(
    /features: layering, exclusive-lock, object-map, fast-diff, deep-flatten\n/,
  );
});
