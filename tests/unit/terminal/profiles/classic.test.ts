import { describe, expect, it } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

/** Texts about clusters of 2015 are compared word by word: what they were printed in has swallowed blanks. */
function words(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim().replace(/\s+/g, ' '))
    .filter((line) => line !== '')
    .join('\n');
}

function classic(...lines: string[]): TestMachine {
  const machine = new TestMachine({ profile: 'classic', objectstore: 'filestore' });
  for (const line of lines) machine.must(line);
  return machine;
}

/** The same with what differs from cluster to cluster named. */
function shown(machine: TestMachine, line: string, ids: Readonly<Record<string, string>> = {}): string {
  let text = words(machine.must(line));
  for (const [id, name] of Object.entries(ids)) text = text.replaceAll(id, name);
  return text;
}

function idOf(machine: TestMachine, spec: string): string {
  return /block_name_prefix: rbd_data\.(\w+)/.exec(machine.must(`rbd info ${spec}`))?.[1] ?? '';
}

describe('an image of format 2 in a classic cluster', () => {
  const machine = classic(
    'ceph osd pool create pool100 128',
    'rbd create -p pool100 image1 --size 102400 --image-format 2',
  );
  const id = idOf(machine, 'pool100/image1');

  it('is three objects, and no trace of checks or times', () => {
    expect(
      shown(machine, 'rados -p pool100 ls', { [id]: 'ID' })
        .split('\n')
        .sort(),
    ).toEqual(['rbd_directory', 'rbd_header.ID', 'rbd_id.image1']);
    const keys = shown(machine, `rados -p pool100 listomapkeys rbd_header.${id}`);
    expect(keys.split('\n')).toEqual(['features', 'object_prefix', 'order', 'size', 'snap_seq']);
  });

  it('is dumped as then', () => {
    const lines = shown(machine, 'rados -p pool100 listomapvals rbd_directory', { [id]: 'ID' }).split('\n');
    expect(lines.slice(0, 4)).toEqual([
      'id_ID',
      'value: (10 bytes) :',
      '0000 : 06 00 00 00 69 6d 61 67 65 31 : ....image1',
      'name_image1',
    ]);
    expect(shown(machine, `rados -p pool100 getomapval rbd_header.${id} size`)).toBe(
      'value: (8 bytes) :\n0000 : 00 00 00 00 19 00 00 00 : ........',
    );
  });

  it('is told of in MB and kB', () => {
    expect(machine.must('rbd -p pool100 info image1')).toBe(
      `rbd image 'image1':\n\tsize 102400 MB in 25600 objects\n\torder 22 (4096 kB objects)\n` +
        `\tblock_name_prefix: rbd_data.${id}\n\tformat: 2\n\tfeatures: layering\n`,
    );
  });

  it('is mapped without a word, from /dev/rbd1 on', () => {
    expect(machine.must('rbd map pool100/image1')).toBe('');
    expect(shown(machine, 'rbd showmapped')).toBe('id pool image snap device\n1 pool100 image1 - /dev/rbd1');
    const { err } = machine.run('dd if=/dev/zero of=/dev/rbd1 bs=1048576 count=8');
    expect(err).toMatch(
      /^8\+0 records in\n8\+0 records out\n8388608 bytes \(8\.4 MB\) copied, [\d.]+ s, [\d.]+ MB\/s\n$/,
    );
    expect(machine.must('rados -p pool100 ls')).toContain(`rbd_data.${id}.0000000000000001\n`);
  });

  it('stands in a tree with weight, type and name', () => {
    const [head, root, host, osd] = machine.must('ceph osd tree').split('\n');
    expect(head).toBe('# id\tweight\ttype name\tup/down\treweight');
    expect(root).toBe('-1\t1.758\troot default');
    expect(host).toMatch(/^-\d\t0\.5859\t\thost ceph1$/);
    expect(osd).toBe('0\t0.1953\t\t\tosd.0\tup\t1\t');
  });

  it('has snapshots with features and parent in them', () => {
    expect(machine.run('rbd snap create pool100/image1@snap1')).toEqual({ code: 0, out: '', err: '' });
    const [, snap] = /^(snapshot_\w+)$/m.exec(machine.must(`rados -p pool100 listomapkeys rbd_header.${id}`)) ?? [];
    const text = shown(machine, `rados -p pool100 getomapval rbd_header.${id} ${snap}`).split('\n');
    expect(text[0]).toBe('value: (74 bytes) :');
    expect(text.slice(3)).toEqual([
      '0020 : 00 00 00 00 00 00 00 01 01 1c 00 00 00 ff ff ff : ................',
      '0030 : ff ff ff ff ff 00 00 00 00 fe ff ff ff ff ff ff : ................',
      '0040 : ff 00 00 00 00 00 00 00 00 00 : ..........',
    ]);
  });
});

describe('an image of no format that was asked for', () => {
  const machine = classic(
    'ceph osd pool create pool101 128',
    'rbd create -p pool101 --size 102400 image1',
    'rbd map pool101/image1',
    'dd if=/dev/urandom of=/dev/rbd1 bs=1048576 count=4',
    'rbd snap create pool101/image1@snap1',
  );

  it('is of format 1, with its header beside its data', () => {
    const objects = machine.must('rados -p pool101 ls').split('\n').sort();
    expect(objects.slice(1)).toEqual([
      'image1.rbd',
      expect.stringMatching(/^rb\.0\.[0-9a-f]+\.238e1f29\.000000000000$/),
      'rbd_directory',
    ]);
  });

  it('has a snapshot in its header, and in one line of a list', () => {
    expect(shown(machine, 'rbd snap ls pool101/image1')).toMatch(/^SNAPID NAME SIZE\n\d+ snap1 102400 MB$/);
    expect(machine.must('rados -p pool101 get image1.rbd - | tail -c 6')).toBe('snap1\0');
  });
});

describe('a clone in a classic cluster', () => {
  const machine = classic(
    'ceph osd pool create pool101 128',
    'rbd create -p pool101 --size 400 image1 --format 2',
    'rbd snap create pool101/image1@snap1',
    'rbd snap protect pool101/image1@snap1',
    'rbd clone pool101/image1@snap1 pool101/image1snap1clone1',
  );
  const parent = idOf(machine, 'pool101/image1');
  const child = idOf(machine, 'pool101/image1snap1clone1');

  it('has its parent in version 1, and stands in rbd_children', () => {
    const [head] = shown(machine, `rados -p pool101 getomapval rbd_header.${child} parent`).split('\n');
    expect(head).toBe('value: (46 bytes) :');
    const children = shown(machine, 'rados -p pool101 listomapvals rbd_children').split('\n');
    expect([children[0], children[3]]).toEqual(['key: (32 bytes):', 'value: (20 bytes) :']);
    expect(shown(machine, 'rbd children pool101/image1@snap1')).toBe('pool101/image1snap1clone1');
    expect(shown(machine, 'rbd info pool101/image1snap1clone1')).toContain(
      'parent: pool101/image1@snap1\noverlap: 400 MB',
    );
    expect(machine.must(`rados -p pool101 listomapkeys rbd_header.${parent}`)).not.toContain('op_features');
  });

  it('leaves empty objects where it is flattened', () => {
    const { err } = machine.run('rbd flatten pool101/image1snap1clone1');
    expect(err).toMatch(/\rImage flatten: 100% complete\.\.\.done\.\n$/);
    const objects = machine.must('rados -p pool101 ls').split('\n');
    expect(objects.filter((oid) => oid.startsWith(`rbd_data.${child}.`))).toHaveLength(100);
    expect(shown(machine, `rados -p pool101 stat rbd_data.${child}.0000000000000042`)).toMatch(/size 0$/);
    expect(shown(machine, 'rbd info pool101/image1snap1clone1')).not.toContain('parent');
    machine.must('rbd snap unprotect pool101/image1@snap1');
    machine.must('rbd snap rm pool101/image1@snap1');
    machine.must('rbd rm pool101/image1');
    expect(shown(machine, 'rbd ls pool101')).toBe('image1snap1clone1');
  });

  it('keeps its snapshots and their parent where it is flattened', () => {
    const lines = [
      'rbd create -p pool101 --size 8 b --image-format 2',
      'rbd map pool101/b',
      'dd if=/dev/urandom of=/dev/rbd1 bs=1048576 count=1',
      'rbd snap create pool101/b@s',
      'rbd snap protect pool101/b@s',
      'rbd clone pool101/b@s pool101/c',
      'rbd snap create pool101/c@t',
      'rbd flatten pool101/c',
    ];
    for (const line of lines) machine.must(line);
    const sum = (spec: string): string => machine.must(`rbd export ${spec} - | sha256sum`);
    expect(sum('pool101/c@t')).toBe(sum('pool101/b@s'));
    expect(sum('pool101/c')).toBe(sum('pool101/b@s'));
  });
});

describe('a fresh classic cluster', () => {
  it('has the pool that images go to where none is said', () => {
    const machine = classic(
      'ceph osd pool create pool101 128',
      'rbd create -p pool101 --size 400 image1 --format 2',
      'rbd snap create pool101/image1@snap1',
      'rbd snap protect pool101/image1@snap1',
      'rbd clone pool101/image1@snap1 image1snap1clon3',
    );
    expect(machine.must('rados lspools')).toBe('rbd\npool101\n');
    expect(machine.must('rbd ls')).toBe('image1snap1clon3\n');
    expect(shown(machine, 'rbd info image1snap1clon3')).toContain('parent: pool101/image1@snap1');
    expect(machine.must('ceph health')).toBe('HEALTH_OK\n');
  });
});
