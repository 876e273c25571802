import { beforeEach, describe, expect, it, test } from 'vitest';
import { TestMachine } from '../../../../helpers/machine.ts';

let machine: TestMachine;

beforeEach(() => {
  machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
});

/** What a line says on standard error, and its exit code. */
/** What the tool says, without what its client logs. */
function failure(line: string): { code: number; err: string } {
  const { code, err } = machine.run(line);
  return { code, err: err.replace(/^\d{4}-\S+ 7f[0-9a-f]+ -1 .*\n/gm, '') };
}

describe('files and images', () => {
  it('an image survives a file, a pipe, and both formats', () => {
    machine.must(
      'seq 100000 > a.raw; rbd import a.raw a --no-progress; rbd export a b.raw --no-progress; cmp a.raw b.raw',
    );
    machine.must(
      'cat a.raw | rbd import - piped --no-progress; rbd export piped - --no-progress > c.raw; cmp a.raw c.raw',
    );
    machine.must('rbd snap create a@s --no-progress; rbd image-meta set a colour blue');
    machine.must(
      'rbd export --export-format 2 a a.v2 --no-progress; rbd import --export-format 2 a.v2 again --no-progress',
    );
    machine.must('rbd export again@s d.raw --no-progress; cmp a.raw d.raw');
    expect(machine.must('rbd image-meta get again colour')).toBe('blue\n');
  });

  it('zeros make no objects', () => {
    machine.must('truncate -s 16M zeros; rbd import zeros z --no-progress');
    expect(machine.must('rbd diff z; rados -p rbd ls')).not.toContain('rbd_data');
  });

  it('an export does not write over a file, nor leave half a diff behind', () => {
    machine.must('rbd create --size 4M a; echo mine > taken');
    expect(failure('rbd export a taken')).toEqual({ code: 17, err: 'rbd: export error: (17) File exists\n' });
    expect(failure('rbd export-diff --from-snap nosuch a d.diff --no-progress').code).toBe(2);
    expect(machine.must('cat taken; ls')).toBe('mine\ntaken\n');
  });

  it('a failed import leaves no image behind', () => {
    machine.must('echo "rbd image v2" > torn');
    expect(failure('rbd import --export-format 2 torn x --no-progress')).toEqual({
      code: 33,
      err: 'rbd: failed to decode tag\nrbd: import header failed.\nrbd: import failed: (33) Numerical argument out of domain\n',
    });
    expect(machine.must('rbd ls')).toBe('');
  });

  it('diffs carry an image from snapshot to snapshot', () => {
    machine.must(
      'rbd create --size 12M a; rbd map a; seq 9000 | dd of=/dev/rbd0 bs=1M; rbd snap create a@s1 --no-progress',
    );
    machine.must('echo changed | dd of=/dev/rbd0 bs=4096 seek=1024; rbd snap create a@s2 --no-progress; rbd unmap a');
    machine.must(
      'rbd export-diff a@s1 1.diff; rbd export-diff --from-snap s1 a@s2 2.diff; rbd merge-diff 1.diff 2.diff 12.diff',
    );
    machine.must(
      'rbd create --size 1M b; rbd import-diff 12.diff b; rbd export a@s2 a.raw; rbd export b@s2 b.raw; cmp a.raw b.raw',
    );
    expect(failure('rbd merge-diff 2.diff 1.diff x --no-progress')).toEqual({
      code: 22,
      err: 'The first TO snapshot must be equal with the second FROM snapshot, aborting\nrbd: merge-diff error\n',
    });
    expect(failure('rbd import-diff 12.diff b --no-progress').err).toContain("end snapshot 's2' already exists");
  });
});

describe('devices', () => {
  it('are listed, written through, and gone after unmap', () => {
    machine.must('rbd create --size 8M a');
    expect(machine.must('rbd map a')).toBe('/dev/rbd0\n');
    expect(machine.must('rbd showmapped')).toBe(
      'id  pool  namespace  image  snap  device   \n0   rbd              a      -     /dev/rbd0\n',
    );
    machine.must('echo hello | dd of=/dev/rbd0 bs=512');
    expect(machine.must('rbd lock ls a')).toContain('There is 1 exclusive lock on this image.');
    expect(failure('rbd rm a').code).toBe(16);
    machine.must('rbd unmap rbd/a');
    expect(machine.must('rbd device list; rbd status a')).toBe('Watchers: none\n');
    expect(machine.must('rbd export a - --no-progress | head -c 6')).toBe('hello\n');
  });

  it('refuse what is not there in the words of the real tool', () => {
    expect(failure('rbd unmap /dev/rbd7')).toEqual({
      code: 22,
      err: "rbd: '/dev/rbd7' is not a block device\nrbd: unmap failed: (22) Invalid argument\n",
    });
    expect(failure('rbd unmap a').err).toContain('rbd: rbd/a: not a mapped image or snapshot\n');
    expect(failure('rbd map nosuch').err).toBe('rbd: error opening image nosuch: (2) No such file or directory\n');
    expect(failure('rbd map -o frob a').err).toBe("rbd: unknown map option 'frob'\nrbd: couldn't parse map options\n");
    expect(failure('rbd map -t ggate a').code).toBe(95);
  });
});

test('a bench may have more threads than requests', () => {
  machine.must('rbd create --size 8M a');
  const bench = 'rbd bench --io-type write --io-size 4K --io-total 8M';
  for (const threads of [2000, 5_000_000])
    expect(machine.must(`${bench} --io-threads ${threads} a`)).toContain('ops: 2048 ');
  expect(machine.run('rbd bench --io-type read --io-total 1E --io-threads 4294967295 a').code).toBe(95);
});

describe('errors', () => {
  it.each([
    ['rbd frob', 1, "error: unknown option 'frob'\n\n"],
    ['rbd create x', 22, 'rbd: must specify --size <M/G/T>\n'],
    ['rbd create --size 1Q x', 1, "rbd: the argument for option '--size' is invalid\n"],
    ['rbd create --size 9000T x', 22, 'rbd: create error: (22) Invalid argument\n'],
    [
      'rbd create --size 9000T --image-feature layering x',
      95,
      'rbd: sizes of 8 PiB and more are not there yet in Radoscope\n',
    ],
    ['rbd create --size 1 --order 30 x', 1, "rbd: the argument for option '--order' is invalid\n"],
    ['rbd snap rm a@s --snap-id 3', 22, 'rbd: trying to access snapshot using both name and id.\n'],
    ['rbd lock rm a', 22, 'rbd: lock id was not specified\n'],
    ['rbd bench a', 22, 'rbd: --io-type must be specified.\n'],
    [
      'rbd -p nosuch ls',
      2,
      "rbd: error opening pool 'nosuch': (2) No such file or directory\nrbd: listing images failed: (2) No such file or directory\n",
    ],
    ['rbd feature enable a frob', 1, 'rbd: the argument for option is invalid\n'],
  ])('%s', (line, code, err) => {
    expect(failure(line)).toEqual({ code, err });
  });

  it('come before the note about an old option, which wrong usage does not get', () => {
    machine.must('rbd create --size 1M a');
    expect(failure('rbd create --size 1M --order 20 a').err).toBe(
      'rbd: create error: (17) File exists\nrbd: --order is deprecated, use --object-size\n',
    );
  });
});

describe('bench', () => {
  it('writes what it says, in virtual time', () => {
    machine.must('rbd create --size 4M a');
    const [head, columns, last] = machine
      .must(
        'rbd bench a --io-type write --io-size 64K --io-total 1M --io-threads 4 --pattern-byte 65 --io-pattern full-seq',
      )
      .split('\n');
    expect(head).toBe('bench  type write io_size 65536 io_threads 4 bytes 1048576 pattern full sequential');
    expect(columns).toBe('  SEC       OPS   OPS/SEC   BYTES/SEC');
    expect(last).toMatch(/^elapsed: 0 {3}ops: 16 {3}ops\/sec: [\d.]+ {3}bytes\/sec: [\d.]+ [KMG]iB\/s$/);
    expect(machine.must('rbd du --exact a | tail -1')).toMatch(/ 1 MiB\n$/);
    expect(machine.must('rbd export a - --no-progress | head -c 3')).toBe('AAA');
  });

  it('reads and writes in the share that is asked for', () => {
    machine.must('rbd create --size 4M a');
    const out = machine.must('rbd bench a --io-type rw --rw-mix-read 100 --io-size 64K --io-total 1M');
    expect(out).toContain('\nread_ops: 16 ');
    expect(out).toContain('\nwrite_ops: 0 ');
  });
});
