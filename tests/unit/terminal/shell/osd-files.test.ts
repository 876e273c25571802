import { expect, test } from 'vitest';
import { TestMachine } from '../../../helpers/machine.ts';

function classicMachine(): TestMachine {
  const machine = new TestMachine({ objectstore: 'filestore' });
  machine.must('ceph osd pool create p 8');
  return machine;
}

test('FileStore keeps an object in a file on each of its OSDs, a clone beside it', () => {
  const machine = classicMachine();
  machine.must(
    'echo one > a; rados -p p put rbd_data.1 a; rados -p p mksnap s; echo two > a; rados -p p put rbd_data.1 a',
  );
  const [, pgid = '', acting = ''] =
    /\((2\.\w+)\).*acting \(\[([\d,]+)\]/.exec(machine.must('ceph osd map p rbd_data.1')) ?? [];
  const found = machine.must("find /var/lib/ceph/osd -name '*udata*'").trim().split('\n');
  const wanted = acting
    .split(',')
    .flatMap((osd) =>
      ['1', 'head'].map(
        (snap) => new RegExp(`^/var/lib/ceph/osd/ceph-${osd}/current/${pgid}_head/rbd\\\\udata\\.1__${snap}_`),
      ),
    );
  expect(found).toHaveLength(wanted.length);
  for (const pattern of wanted) expect(found.some((path) => pattern.test(path))).toBe(true);
  expect(machine.must("find /var/lib/ceph/osd -name '*udata.1__1_*' -exec cat {} \\;")).toBe('one\n'.repeat(3));
  expect(machine.must('cat /var/lib/ceph/osd/*/current/*/*udata.1__head_*')).toBe('two\n'.repeat(3));
});

test('a PG of many objects has them in directories by their hashes', () => {
  const machine = classicMachine();
  machine.must('rados -p p bench 10 write -b 4096 -O 4096 --max-objects 3000 --no-cleanup');
  const files = machine.must("find /var/lib/ceph/osd -type f -name '*benchmark*'").trim().split('\n');
  const hashed = files.filter((path) => path.includes('/DIR_'));
  expect(hashed.length).toBeGreaterThan(0);
  for (const path of hashed) {
    const digits = /_head((?:\/DIR_[0-9A-F])+)\//.exec(path)?.[1]?.replaceAll('/DIR_', '') ?? '';
    const hash = /__head_([0-9A-F]{8})__2$/.exec(path)?.[1] ?? '';
    expect(hash.endsWith([...digits].reverse().join(''))).toBe(true);
  }
  expect(machine.must('rados -p p ls').trim().split('\n').length * 3).toBe(files.length);
});

test('a shard of an erasure pool is a file of its part', () => {
  const machine = classicMachine();
  machine.must('ceph osd erasure-code-profile set e k=2 m=1; ceph osd pool create ec 1 1 erasure e');
  machine.must('head -c 8192 /dev/zero > a; rados -p ec put o a');
  const listing = machine.must("find /var/lib/ceph/osd -name 'o__head_*' -exec stat -c '%s %n' {} ';'");
  const shards = listing
    .trim()
    .split('\n')
    .map((line) => /^(\d+) .*\/3\.0s(\d)_head\/o__head_\w{8}__3_f{16}_(\d)$/.exec(line));
  expect(shards.map((match) => match?.[1])).toEqual(['4096', '4096', '4096']);
  for (const match of shards) expect(match?.[2]).toBe(match?.[3]);
});

test('the small files tell who the OSD is, with either store', () => {
  for (const objectstore of ['bluestore', 'filestore'] as const) {
    const machine = new TestMachine({ objectstore });
    const read = (name: string) => machine.must(`cat /var/lib/ceph/osd/ceph-4/${name}`);
    expect(read('whoami')).toBe('4\n');
    expect(read('type')).toBe(`${objectstore}\n`);
    expect(read('ceph_fsid').trim()).toBe(machine.must('ceph fsid').trim());
    expect(machine.must('ceph osd dump')).toContain(read('fsid').trim());
    expect(machine.must('ceph osd metadata 4')).toContain(`"osd_objectstore": "${objectstore}"`);
  }
});

test("a device of BlueStore reads as far as its label, in Ceph's encoding", () => {
  const machine = new TestMachine({ deviceBytes: 2 ** 31 });
  const dump = machine.must('hexdump -C -n 96 /var/lib/ceph/osd/ceph-0/block');
  expect(dump).toContain('62 6c 75 65 73 74 6f 72  65 20 62 6c 6f 63 6b 20');
  expect(dump).toContain('|device.00000000-|');
  expect(dump).toContain('00000040  00 00 00 00 00 00 00 00  40 00 80 00 00 00 00 00');
  const { code, err } = machine.run('cat /var/lib/ceph/osd/ceph-0/block > /dev/null');
  expect([code, err]).toEqual([1, 'cat: /var/lib/ceph/osd/ceph-0/block: Operation not supported\n']);
});

test('nothing of it can be changed, and an OSD that is not there has none', () => {
  const machine = classicMachine();
  const before = machine.must('find /var/lib/ceph/osd');
  for (const line of [
    'echo x > /var/lib/ceph/osd/ceph-0/whoami',
    'echo x > /var/lib/ceph/osd/ceph-0/new',
    'rm -rf /var/lib/ceph/osd/ceph-0',
    'mkdir /var/lib/ceph/osd/ceph-0/current/x',
    'mv /var/lib/ceph/osd/ceph-0/whoami /tmp/w',
    'touch /var/lib/ceph/osd/x',
  ]) {
    const { code, err } = machine.run(line);
    expect(code, line).not.toBe(0);
    expect(err, line).toContain('Read-only file system');
  }
  expect(machine.must('find /var/lib/ceph/osd')).toBe(before);
  expect(machine.run('ls /var/lib/ceph/osd/ceph-9').code).not.toBe(0);
});
