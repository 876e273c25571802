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
