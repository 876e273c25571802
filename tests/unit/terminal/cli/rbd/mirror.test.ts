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

test('MI7: a clone is mirrored with its parent alone, which stays as long', () => {
  const machine = mirrored();
  machine.must('rbd snap create --no-progress m/b@s; rbd clone --rbd-default-clone-format 2 m/b@s m/c');
  expect(machine.run('rbd mirror image enable m/c snapshot')).toEqual({ code: 22, out: '', err: '' });
  machine.must('rbd mirror image enable m/b snapshot; rbd mirror image enable m/c snapshot');
  expect(machine.run('rbd mirror image disable m/b')).toEqual({ code: 16, out: '', err: '' });
  expect(machine.must('rbd info m/b')).toContain('mirroring state: enabled');
  machine.must('rbd mirror image disable m/c; rbd mirror image disable m/b');
});

test('MI7: a pool that is mirrored no more begins with the clones', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create m 8; rbd pool init m; rbd mirror pool enable m pool');
  machine.must('rbd create m/a --size 8M --image-feature layering,exclusive-lock,journaling');
  machine.must('rbd snap create --no-progress m/a@s; rbd clone --rbd-default-clone-format 2 m/a@s m/b');
  machine.must('rbd snap create --no-progress m/b@s; rbd clone --rbd-default-clone-format 2 m/b@s m/c');
  expect(machine.must('rbd mirror pool status m')).toContain('images: 3 total');
  machine.must('rbd mirror pool disable m');
  expect(machine.must('rbd info m/a')).not.toContain('mirroring');
});

test('MI1: what was noted down to be copied again goes with mirroring', () => {
  const machine = mirrored();
  machine.must('rbd mirror image enable m/b snapshot; rbd mirror image demote m/b; rbd mirror image resync m/b');
  const header =
    machine
      .must('rados -p m ls')
      .split('\n')
      .find((name) => name.startsWith('rbd_header.')) ?? '';
  expect(machine.must(`rados -p m listomapkeys ${header}`)).toContain('metadata_.rbd_mirror.');
  machine.must('rbd mirror image disable --force m/b');
  expect(machine.must(`rados -p m listomapkeys ${header}`)).not.toContain('metadata_.rbd_mirror.');
});

test('MI8: a pool that mirrors all with journals takes in what is made, copied or brought back, as recorded', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create q 8; rbd pool init q; rbd mirror pool enable q pool');
  const isMirrored = (name: string): boolean => machine.must(`rbd info q/${name}`).includes('mirroring state: enabled');
  machine.must('rbd create q/a --size 8M --image-feature layering,exclusive-lock');
  expect(isMirrored('a')).toBe(false);
  machine.must('rbd feature enable q/a journaling');
  expect(isMirrored('a')).toBe(true);
  machine.must('rbd cp --no-progress q/a q/b; rbd deep cp --no-progress q/a q/c; rbd trash mv q/c');
  expect(isMirrored('b')).toBe(true);
  expect(machine.must('rbd mirror pool status q')).toContain('images: 2 total');
  machine.must('rbd trash restore q/$(rbd trash ls q | cut -d" " -f1)');
  expect(isMirrored('c')).toBe(true);
  machine.must('rbd feature disable q/c journaling');
  expect(isMirrored('c')).toBe(false);
  machine.must('rbd mirror pool disable q');
  expect(machine.must('rbd info q/a')).toContain('features: layering, exclusive-lock\n');
});

test('MI8: the journal of an image that was to be mirrored by it stays', () => {
  const machine = mirrored();
  machine.must('rbd mirror image enable m/b journal');
  expect(machine.run('rbd feature disable m/b journaling')).toEqual({
    code: 22,
    out: '',
    err: 'rbd: failed to update image features: (22) Invalid argument\n',
  });
  machine.must('rbd mirror image disable m/b; rbd mirror image enable m/b snapshot; rbd feature enable m/b journaling');
  machine.must('rbd feature disable m/b journaling');
  expect(machine.run('rbd mirror image enable m/b journal')).toEqual({
    code: 22,
    out: '',
    err: expect.stringMatching(/^.* -1 .*: cannot enable mirroring: \(22\) Invalid argument\n$/),
  });
  expect(machine.must('rbd info m/b')).toContain('journaling');
});
