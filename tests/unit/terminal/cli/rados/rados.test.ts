import { describe, expect, it } from 'vitest';
import { Bench } from '../run-tool.ts';

function poolBench(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  return bench;
}

describe('rados objects', () => {
  it('writes, adds, cuts and reads', () => {
    const bench = poolBench();
    bench.must('rados -p p put o -', 'hello');
    bench.must('rados -p p append o -', ', world');
    expect(bench.must('rados -p p get o -')).toBe('hello, world');
    bench.must('rados -p p truncate o 4');
    expect(bench.must('rados -p p get o -')).toBe('hell');
    bench.must('rados -p p put --offset 8 o -', '!');
    expect(bench.must('rados -p p get o -')).toBe('hell\0\0\0\0!');
    expect(bench.must('rados -p p stat o')).toMatch(/^p\/o mtime \S+T\S+\.000000\+0000, size 9\n$/);
  });

  it('takes of a device without an end what fits, and nothing where it wants a name or a value', () => {
    const bench = poolBench();
    expect(bench.run('rados -p p put o /dev/zero')).toMatchObject({
      code: 1,
      stderr: 'error putting p/o: (27) File too large\n',
    });
    expect(bench.must('rados -p p stat o')).toContain('size 134217728\n');
    bench.must('rados -p p setomapval o k --input-file /dev/zero');
    expect(bench.run('rados -p p rm --omap-key-file /dev/zero').code).toBe(1);
  });

  it('fails with exit code 1 and the words of the real tool', () => {
    const bench = poolBench();
    const fails = (line: string): string => {
      const { code, stderr } = bench.run(line);
      expect(code, line).toBe(1);
      return stderr;
    };
    expect(fails('rados -p p stat nobody')).toBe(' error stat-ing p/nobody: (2) No such file or directory\n');
    expect(fails('rados -p p rm nobody')).toBe('error removing p>nobody: (2) No such file or directory\n');
    expect(fails('rados -p nosuch ls')).toBe('error opening pool nosuch: (2) No such file or directory\n');
    expect(fails('rados ls')).toBe('either pool name or pg id needs to be specified\n');
    expect(fails('rados -p')).toBe('Option -p requires an argument.\n');
    expect(fails('rados mkpool q')).toBe(
      'unrecognized command mkpool; -h or --help for usage\nerror 22: (22) Invalid argument\n',
    );
    bench.must('rados -p p create made');
    expect(fails('rados -p p create made')).toBe('error creating p/made: (17) File exists\n');
  });

  it('copies attributes and omap with an object', () => {
    const bench = poolBench();
    bench.must('rados -p p put a -', 'data');
    bench.must('rados -p p setxattr a colour red');
    bench.must('rados -p p setomapval a k v');
    bench.must('rados -p p cp a b');
    expect(bench.must('rados -p p get b -')).toBe('data');
    expect(bench.must('rados -p p getxattr b colour')).toBe('red');
    expect(bench.must('rados -p p listomapkeys b')).toBe('k\n');
  });

  it('lists namespaces only when asked', () => {
    const bench = poolBench();
    bench.must('rados -p p create plain');
    bench.must('rados -p p -N ns create hidden');
    expect(bench.must('rados -p p ls')).toBe('plain\n');
    expect(bench.must('rados -p p -N ns ls --format json')).toBe('[{"namespace":"ns","name":"hidden"}]');
    expect(bench.must('rados -p p --all ls').split('\n').sort()).toEqual(['', '\tplain', 'ns\thidden']);
  });
});

describe('rados omap', () => {
  it('dumps values, and keys that are not printable', () => {
    const bench = poolBench();
    bench.must('rados -p p setomapval o ümlaut größe');
    expect(bench.must('rados -p p listomapvals o')).toBe(
      'key (7 bytes):\n' +
        '00000000  c3 bc 6d 6c 61 75 74                              |..mlaut|\n00000007\n\n' +
        'value (7 bytes) :\n' +
        '00000000  67 72 c3 b6 c3 9f 65                              |gr....e|\n00000007\n\n',
    );
  });

  it('has a header, which clearing takes away', () => {
    const bench = poolBench();
    bench.must('rados -p p setomapheader o "a header"');
    expect(bench.must('rados -p p getomapheader o')).toMatch(/^header \(8 bytes\) :\n/);
    bench.must('rados -p p clearomap o');
    expect(bench.must('rados -p p getomapheader o')).toBe('header (0 bytes) :\n\n');
  });

  it('finds no key on standard output, no object on standard error', () => {
    const bench = poolBench();
    bench.must('rados -p p setomapval o k v');
    expect(bench.run('rados -p p getomapval o x')).toEqual({ code: 1, stdout: 'No such key: p/o/x\n', stderr: '' });
    expect(bench.run('rados -p p getomapval none x').stderr).toBe(
      'error getting omap value p/none/x: (2) No such file or directory\n',
    );
  });
});

describe('rados pool snapshots', () => {
  it('reads from them, refuses to write to them, and rolls back', () => {
    const bench = poolBench();
    bench.must('rados -p p put o -', 'old');
    expect(bench.must('rados -p p mksnap s1')).toBe('created pool p snap s1\n');
    bench.must('rados -p p put o -', 'newer');
    expect(bench.must('rados -p p -s s1 get o -')).toBe("selected snap 1 's1'\nold");
    expect(bench.run('rados -p p -s s1 put o -', 'x').stderr).toBe('error putting p/o: (30) Read-only file system\n');
    expect(bench.must('rados -p p listsnaps o')).toBe(
      'o (seq:1):\ncloneid\tsnaps\tsize\toverlap\n1\t1\t3\t[]\nhead\t-\t5\n',
    );
    bench.must('rados -p p rollback o s1');
    expect(bench.must('rados -p p get o -')).toBe('old');
  });

  it('are not for pools with self-managed snapshots', () => {
    const bench = poolBench();
    bench.must('rbd pool init p');
    expect(bench.run('rados -p p mksnap s').stderr).toBe('error creating pool p snapshot s: (22) Invalid argument\n');
  });
});

describe('rados bench', () => {
  it('keeps what it wrote until cleanup, and reads it', () => {
    const bench = poolBench();
    expect(bench.must('rados -p p bench 1 write --no-cleanup -t 5 --max-objects 5 -b 4096')).toMatch(
      /^Total writes made: {6}5$/m,
    );
    expect(bench.must('rados -p p bench 1 seq')).toMatch(/^Total reads made: {5}5$/m);
    expect(bench.must('rados -p p cleanup')).toBe('Removed 5 objects\n');
    expect(bench.must('rados -p p ls')).toBe('');
  });
});
