import { expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

test('limits of OSDs are those of the configuration', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; head -c 5000 /dev/zero > x; rados -p p put a x');
  machine.must('ceph config set osd osd_max_object_size 8000; ceph config set osd osd_max_object_name_len 5');
  machine.must('rados -p p put b x');
  for (const [line, reason] of [
    ['rados -p p append a x', '(27) File too large'],
    ['rados -p p put a x --offset 3001', '(27) File too large'],
    ['rados -p p truncate a 8000', '(27) File too large'],
    ['rados -p p put abcdef x', '(36) File name too long'],
  ] as const) {
    const { code, err } = machine.run(line);
    expect(code, line).not.toBe(0);
    expect(err, line).toContain(reason);
  }
  machine.must('rados -p p put a x --offset 3000; rados -p p put abcde x');
  machine.must('ceph config rm osd osd_max_object_size; rados -p p append a x');
  expect(machine.must('rados -p p stat a')).toContain('size 13000');
});

test('attributes, too, are as long as the configuration lets them', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rados -p p create a; rados -p p setxattr a name value');
  machine.must('ceph config set osd osd_max_attr_size 4; ceph config set osd osd_max_attr_name_len 5');
  expect(machine.run('rados -p p setxattr a name value').err).toContain('(27) File too large');
  expect(machine.run('rados -p p setxattr a longer v').err).toContain('(36) File name too long');
  machine.must('rados -p p setxattr a name valu; ceph config set osd osd_max_attr_size 0');
  machine.must('rados -p p setxattr a name value');
});
