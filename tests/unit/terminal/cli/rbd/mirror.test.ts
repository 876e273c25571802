import { expect, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

function mirrored(): TestMachine {
  const machine = new TestMachine();
  machine.must('ceph osd pool create m 8; rbd pool init m; rbd create m/b --size 8M; rbd mirror pool enable m image');
  return machine;
}

test('MI1: an image that was demoted is not written to, and can lead again', () => {
  const machine = mirrored();
  machine.must('rbd mirror image enable m/b snapshot');
  expect(machine.must('rbd info m/b')).toContain('mirroring primary: true');
  expect(machine.must('rbd mirror image demote m/b')).toBe('Image demoted to non-primary\n');
  expect(machine.must('rbd info m/b')).toContain('mirroring primary: false');
  expect(machine.run('rbd mirror image demote m/b')).toMatchObject({ code: 22 });
  expect(machine.run('rbd snap create m/b@s').code).toBe(30);
  expect(machine.must('rbd mirror image promote m/b')).toBe('Image promoted to primary\n');
  machine.must('rbd snap create m/b@s');
  expect(machine.must('rbd mirror pool demote m')).toBe('Demoted 1 mirrored images\n');
  expect(machine.must('rbd mirror pool promote m')).toBe('Promoted 1 mirrored images\n');
});

test('MI2: a mirror snapshot names the peers that are to copy it', () => {
  const machine = mirrored();
  machine.must('rbd mirror image enable m/b snapshot');
  expect(machine.run('rbd mirror image snapshot m/b')).toMatchObject({ code: 22 });
  const uuid = machine.must('rbd mirror pool peer add m client.x@remote').trim();
  expect(machine.run('rbd mirror pool peer add m client.x@other').code).toBe(22);
  expect(machine.must('rbd mirror image snapshot m/b')).toMatch(/^Snapshot ID: \d+\n$/);
  expect(machine.must('rbd snap ls --all m/b')).toContain(`mirror (primary peer_uuids:[${uuid}])`);
  expect(machine.must('rbd mirror pool info m')).toContain(`UUID: ${uuid}\nName: remote\n`);
  // That there are peers is looked at before the images are.
  expect(machine.run('rbd mirror pool disable m').code).toBe(16);
  machine.must('rbd mirror image disable m/b');
  expect(machine.must('rbd snap ls --all m/b')).toBe('');
  expect(machine.run('rbd mirror pool disable m').code).toBe(16);
  machine.must(`rbd mirror pool peer remove m ${uuid}`);
  machine.must('rbd mirror pool disable m');
});

test('MI6: what the image was like lies beside each mirror snapshot, and goes with it', () => {
  const machine = mirrored();
  machine.must('rbd mirror image enable m/b snapshot; rbd mirror pool peer add m client.x@remote');
  const states = (): string[] =>
    machine
      .must('rados -p m ls')
      .split('\n')
      .filter((name) => name.startsWith('rbd_mirror_snapshot.'));
  const id = /id: (\w+)/.exec(machine.must('rbd info m/b'))?.[1] ?? '';
  expect(states()).toEqual([`rbd_mirror_snapshot.${id}.3.0`]);
  machine.must('rbd snap create --no-progress m/b@s; rbd mirror image snapshot m/b');
  // The one before had no peer to go to.
  expect(states()).toEqual([`rbd_mirror_snapshot.${id}.5.0`]);
  expect(machine.must(`rados -p m stat rbd_mirror_snapshot.${id}.5.0`)).toContain('size 75');
  machine.must('rbd mirror image disable m/b');
  expect(states()).toEqual([]);
});
