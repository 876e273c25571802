import { expect, test } from 'vitest';
import { bytesData, bytesOfData, NO_DATA } from '../../../../../src/engine/base/data.ts';
import { TestMachine } from '../../../../helpers/machine.ts';

/** Records of a diff as text: `z 4096~4096`. */
function recordsOf(machine: TestMachine, path: string): string[] {
  const bytes = Buffer.from(bytesOfData(machine.shell.files.get(path) ?? NO_DATA));
  const out: string[] = [];
  for (let at = 'rbd diff v1\n'.length; at < bytes.length; ) {
    const tag = String.fromCharCode(bytes[at] ?? 0);
    at++;
    if (tag === 'f' || tag === 't') at += 4 + bytes.readUInt32LE(at);
    else if (tag === 's') at += 8;
    else if (tag === 'w' || tag === 'z') {
      const [off, len] = [Number(bytes.readBigUInt64LE(at)), Number(bytes.readBigUInt64LE(at + 8))];
      out.push(`${tag} ${off}~${len}`);
      at += 16 + (tag === 'w' ? len : 0);
    }
  }
  return out;
}

function machineWithImage(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create --size 64K --object-size 4K p/a');
  return machine;
}

test('a diff says nothing of an object that came and went between its two snapshots', () => {
  const machine = machineWithImage();
  machine.must('rbd device map p/a; rbd snap create p/a@one');
  machine.must('head -c 8192 /dev/urandom | dd of=/dev/rbd0 bs=4096 seek=2; rbd snap create p/a@two');
  machine.must('rbd resize --allow-shrink --size 4K p/a; rbd resize --size 64K p/a');
  machine.must('rbd export-diff --from-snap one p/a skipping; rbd export-diff --from-snap two p/a last');
  expect(recordsOf(machine, '/root/skipping')).toEqual([]);
  expect(recordsOf(machine, '/root/last')).toEqual(['z 8192~4096', 'z 12288~4096']);
});

test('what the second diff has cut off, the merged one leaves out', () => {
  const machine = machineWithImage();
  machine.must('rbd device map p/a; head -c 65536 /dev/urandom | dd of=/dev/rbd0 bs=4096; rbd snap create p/a@one');
  machine.must('rbd resize --allow-shrink --size 4K p/a; rbd snap create p/a@two');
  machine.must('rbd export-diff p/a@one first; rbd export-diff --from-snap one p/a@two second');
  machine.must('rbd merge-diff first second merged');
  expect(recordsOf(machine, '/root/merged')).toEqual(['w 0~4096']);
});

test('an empty file is no image, though an empty stream is one', () => {
  const machine = machineWithImage();
  machine.shell.files.put('/root/empty', bytesData(new Uint8Array()));
  expect(machine.run('rbd import --no-progress empty p/b')).toEqual({
    code: 25,
    out: '',
    err: 'rbd: unable to get size of file/block device\n' + 'rbd: import failed: (25) Inappropriate ioctl for device\n',
  });
  expect(machine.run('rbd import --no-progress - p/c < /dev/null').code).toBe(0);
  expect(machine.must('rbd ls p')).toBe('a\nc\n');
});

test('an image with a snapshot in the trash is exported in format 2 up to that one', () => {
  const machine = machineWithImage();
  machine.must(
    'rbd snap create p/a@s; rbd clone --rbd-default-clone-format 2 p/a@s p/c; rbd snap rm --no-progress p/a@s',
  );
  const { code, err } = machine.run('rbd export --no-progress --export-format 2 p/a whole');
  expect({ code, err }).toEqual({
    code: 2,
    err:
      'error setting snapshot context: (2) No such file or directory\n' +
      'rbd: export error: (2) No such file or directory\n',
  });
  const bytes = Buffer.from(bytesOfData(machine.shell.files.get('/root/whole') ?? NO_DATA)).toString('latin1');
  expect(bytes.slice(-'rbd image diffs v2\n'.length - 8)).toBe('rbd image diffs v2\n\x02\0\0\0\0\0\0\0');
});

test('du says of each snapshot whose object map cannot be believed that it is slow', () => {
  const machine = machineWithImage();
  machine.must('rbd create --size 1M --image-feature layering p/b; rbd snap create p/b@s');
  machine.must('rbd feature enable p/b exclusive-lock,object-map,fast-diff');
  expect(machine.run('rbd du p/b').err).toBe(
    'warning: fast-diff map is invalid for b@s. operation may be slow.\n' +
      'warning: fast-diff map is invalid for b. operation may be slow.\n',
  );
});

test('a sparsified object is new as a whole to the snapshots before', () => {
  const machine = machineWithImage();
  machine.must('rbd create --size 64K --object-size 64K p/b; rbd device map p/b');
  machine.must('head -c 49152 /dev/urandom | dd of=/dev/rbd0 bs=4096');
  machine.must('dd if=/dev/zero of=/dev/rbd0 bs=4096 seek=4 count=4');
  machine.must('rbd device unmap p/b; rbd snap create p/b@s; rbd sparsify --no-progress --sparse-size 4096 p/b');
  expect(machine.must('rbd diff --from-snap s p/b')).toBe('Offset  Length  Type\n0       49152   data\n');
});
