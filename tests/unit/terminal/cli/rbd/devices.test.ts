import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

function prepared(...lines: readonly string[]): Bench {
  const bench = new Bench();
  const first = ['ceph osd pool create rbd 8', 'rbd pool init rbd', 'rbd create -s 16M a'];
  for (const line of [...first, ...lines]) bench.must(line);
  return bench;
}

const SYSLOG = 'In some cases useful info is found in syslog - try "dmesg | tail".\n';

describe('rbd device map', () => {
  it('refuses features that a kernel does not have, and says how to take them away', () => {
    const bench = prepared('rbd feature enable a journaling');
    expect(bench.run('rbd device map a')).toEqual({
      code: 6,
      stdout: `RBD image feature set mismatch. You can disable features unsupported by the kernel with "rbd feature disable a journaling".\n${SYSLOG}`,
      stderr: 'rbd: sysfs write failed\nrbd: map failed: (6) No such device or address\n',
    });
    bench.must('rbd feature disable a journaling');
    expect(bench.must('rbd device map a')).toBe('/dev/rbd0\n');
  });

  it('takes the lock at once where it is asked to', () => {
    const bench = prepared('rbd device map --exclusive a');
    expect(bench.must('rbd lock ls a')).toContain('auto ');
    const other = prepared('rbd create -s 1M --image-feature layering b');
    expect(other.run('rbd device map -o exclusive b')).toMatchObject({ code: 22, stdout: SYSLOG });
    expect(other.must('rbd device map --exclusive --read-only a')).toBe('/dev/rbd0\n');
  });

  it.each([
    ['map -o bad a', "unknown map option 'bad'\nrbd: couldn't parse map options", 22],
    ['map -o queue_depth=x a', "invalid queue_depth value 'x'\nrbd: couldn't parse map options", 22],
    ['map -o queue_depth a', "queue_depth option requires a value\nrbd: couldn't parse map options", 22],
    ['map -o lock_timeout=-1 a', "invalid lock_timeout value '-1'\nrbd: couldn't parse map options", 22],
    ['map -o ro,ms_mode=foo a', "invalid ms_mode value 'foo'\nrbd: couldn't parse map options", 22],
    ['map -o read_from_replica=foo a', "invalid read_from_replica value 'foo'\nrbd: couldn't parse map options", 22],
    ['map --snap-id x a', "the argument ('x') for option '--snap-id' is invalid", 1],
    ['map -t ubbd a', 'ubbd device is not supported', 95],
    ['map -t ggate a', 'ggate is only supported on FreeBSD', 95],
    ['map -t bad a', "the argument for option '--device-type' is invalid", 1],
    ['unmap a -o bad', "unknown unmap option 'bad'\nrbd: couldn't parse unmap options", 22],
    ['unmap a -o force', 'rbd/a: not a mapped image or snapshot\nrbd: unmap failed: (22) Invalid argument', 22],
    ['attach --device /dev/rbd0 a', 'krbd does not support attach', 95],
    ['detach /dev/rbd0', 'krbd does not support detach', 95],
    [
      'attach -t nbd --device /dev/nbd0 a',
      'could not validate attach request\nrbd: mismatching the image and the device may lead to data corruption\n' +
        'rbd: must specify --cookie <arg> or --force to proceed',
      22,
    ],
  ])('rbd device %s', (words, reason, code) => {
    expect(prepared().run(`rbd device ${words}`)).toEqual({ code, stdout: '', stderr: `rbd: ${reason}\n` });
  });

  it('warns of what the kernel is not asked', () => {
    expect(prepared().run('rbd device map --quiesce a')).toEqual({
      code: 0,
      stdout: '/dev/rbd0\n',
      stderr: 'rbd: warning: quiesce is not supported\n',
    });
  });
});

describe('options of new images', () => {
  it('--mirror-image-mode mirrors from the beginning', () => {
    const bench = prepared('rbd mirror pool enable rbd image', 'rbd snap create --no-progress a@s');
    bench.must('rbd create -s 16M --mirror-image-mode snapshot c');
    expect(bench.must('rbd info c')).toMatch(
      /snapshot_count: 1\n[\s\S]*mirroring mode: snapshot\n[\s\S]*mirroring primary: true\n$/,
    );
    bench.must('rbd create -s 16M --mirror-image-mode journal d');
    expect(bench.must('rbd info d')).toMatch(/deep-flatten, journaling\n[\s\S]*mirroring mode: journal\n/);
    bench.must('rbd clone --rbd-default-clone-format 2 --mirror-image-mode snapshot a@s cl');
    expect(bench.must('rbd info cl')).toMatch(/parent: rbd\/a@s\n[\s\S]*mirroring mode: snapshot\n/);
    bench.must('rbd cp --no-progress --mirror-image-mode snapshot a cp1');
    expect(bench.must('rbd info cp1')).toContain('mirroring mode: snapshot\n');
  });

  it('--mirror-image-mode leaves nothing behind in a pool that is not mirrored', () => {
    const bench = prepared();
    expect(bench.run('rbd create -s 16M --mirror-image-mode snapshot b')).toMatchObject({
      code: 2,
      stderr: 'rbd: create error: (2) No such file or directory\n',
    });
    expect(bench.must('rbd ls')).toBe('a\n');
    expect(bench.run('rbd create -s 16M --mirror-image-mode bad b')).toMatchObject({ code: 1 });
  });

  it('--new-format is told to be an old word', () => {
    expect(prepared().run('rbd create -s 16M --new-format b')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'rbd: --new-format is deprecated, use --image-format 2\n',
    });
  });
});

describe('rbd persistent-cache', () => {
  it('is always clean', () => {
    const bench = prepared();
    expect(bench.must('rbd persistent-cache flush a')).toBe('rbd: persistent cache is clean or disabled\n');
    expect(bench.must('rbd persistent-cache invalidate --pool rbd --image a')).toBe('');
    expect(bench.run('rbd persistent-cache flush nosuch').stderr).toBe(
      'rbd: error opening image nosuch: (2) No such file or directory\n',
    );
    expect(bench.run('rbd persistent-cache flush --image-id xx').stderr).toBe('rbd: image name was not specified\n');
  });
});

describe('options that exclude each other', () => {
  it.each(['snap create a@s', 'mirror image snapshot a'])('%s refuses them', (words) => {
    expect(prepared().run(`rbd ${words} --skip-quiesce --ignore-quiesce-error`)).toMatchObject({
      code: 22,
      stderr: 'rbd: ignore-quiesce-error cannot be used together with skip-quiesce\n',
    });
  });

  it('children of a snapshot are asked for by its name or its id', () => {
    const bench = prepared('rbd snap create --no-progress a@s', 'rbd clone --rbd-default-clone-format 2 a@s c');
    expect(bench.must('rbd children --snap-id 3 a')).toBe('rbd/c\n');
    expect(bench.run('rbd children --snap-id 99 a')).toMatchObject({
      code: 2,
      stderr: 'rbd: snapshot does not exist.\n',
    });
    expect(bench.run('rbd children a@s --snap-id 3')).toMatchObject({
      code: 22,
      stderr: 'rbd: trying to access snapshot using both name and id.\n',
    });
  });

  it('an image with a lock made by hand is changed by nobody', () => {
    const bench = prepared('rbd lock add a mine');
    expect(bench.run('rbd resize -s 32M --no-progress a')).toMatchObject({
      code: 30,
      stderr: 'rbd: resize error: (30) Read-only file system\n',
    });
    expect(bench.run('rbd snap create --no-progress a@s')).toMatchObject({
      code: 30,
      stderr: 'rbd: failed to create snapshot: (30) Read-only file system\n',
    });
  });

  it('pools of rbd mv are held against each other as they are typed', () => {
    expect(prepared().run('rbd mv a rbd/b')).toMatchObject({
      code: 22,
      stderr: 'rbd: mv/rename across pools not supported\nsource pool:  dest pool: rbd\n',
    });
  });
});
