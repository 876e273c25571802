import { describe, expect, it } from 'vitest';
import { iecNumber } from '../../../../../src/terminal/cli/rados/number-option.ts';
import { readLine } from '../../../../../src/terminal/cli/rados/options.ts';
import { Bench } from '../run-tool.ts';

function poolBench(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  return bench;
}

describe('numbers of options', () => {
  it.each([
    ['4', 4],
    ['4K', 4096],
    ['4KiB', 4096],
    ['2Mi', 2 * 1024 ** 2],
    ['7B', 7],
    ['', 'strict_iecstrtoll: value not specified'],
    ['4k', "strict_iecstrtoll: unit prefix not recognized 'k' "],
    ['x4', "strict_iecstrtoll: illegal prefix 'x4' "],
    ['4MMM', 'strict_iecstrtoll: illegal prefix (length > 2)'],
    ['4Bi', 'strict_iecstrtoll: illegal prefix "Bi"'],
    ['-1', 'strict_iecstrtoll: value should not be negative'],
    ['99999999999999999999', "The option value '99999999999999999999' seems to be invalid"],
    ['999999E', 'strict_iecstrtoll: value seems to be too large'],
  ])('reads %s as Ceph does', (text, wanted) => {
    expect(iecNumber(text)).toBe(wanted);
  });

  it('fail with the code of the errno, before anything else', () => {
    const { code, stderr } = poolBench().run('rados -p nosuch --snapid 1k ls');
    expect([code, stderr]).toEqual([
      234,
      "Invalid value for snapid: strict_iecstrtoll: unit prefix not recognized 'k' \n",
    ]);
  });
});

describe('rados lines', () => {
  it('are given up where a value looks like an option', () => {
    expect(readLine(['-p', '-x', 'ls']).confused).toBe(true);
    expect(readLine(['-p', 'x', 'ls']).confused).toBe(false);
  });

  it('need a pool for what is in one', () => {
    const bench = poolBench();
    const says = (line: string) => bench.run(line).stderr;
    expect(says('rados --snap a ls')).toBe('pool name must be specified with --snap\n');
    expect(says('rados --snapid 1 ls')).toBe('pool name must be specified with --snapid\n');
    expect(says('rados --object-locator a ls')).toBe('pool name must be specified with --object-locator\n');
    expect(says('rados --namespace a ls')).toBe('pool name must be specified with --namespace\n');
    expect(says('rados -p p --snapid 9 ls')).toBe("snapid 9 doesn't exist in pool p\n");
    expect(says('rados --pgid 77.0 ls')).toBe('error opening pool with id 77: (2) No such file or directory\n');
    expect(says('rados -p p --pgid 1.0 ls')).toBe('invalid pgid\n');
    expect(says('rados --create -p p ls')).toBe('error creating pool p: (17) File exists\n');
    expect(says('rados -p p')).toBe('rados: you must give an action. Try --help\n');
  });

  it('take names and keys from files', () => {
    const bench = poolBench();
    bench.run('tee name', 'hello');
    bench.run('tee key', 'a\x01b');
    bench.must('rados -p p --obj-name-file name put name');
    expect(bench.must('rados -p p ls')).toBe('hello\n');
    bench.must('rados -p p --omap-key-file key setomapval hello 1');
    expect(bench.must('rados -p p --omap-key-file key getomapval hello')).toContain('|1|');
    bench.must('rados -p p --omap-key-file key rmomapkey hello');
    expect(bench.run('rados -p p --omap-key-file key getomapval hello')).toMatchObject({
      code: 1,
      stdout: 'No such key: p/hello/(binary key)\n',
    });
  });

  it('copy a pool, without its locators', () => {
    const bench = poolBench();
    bench.must('ceph osd pool create q 8');
    bench.must('rados -p p -N ns --object-locator loc put a -', 'data');
    bench.must('rados -p p -N ns --object-locator loc setomapheader a head');
    expect(bench.must('rados cppool p q')).toBe('p:ns/a(@loc) => q:ns/a\nsuccessfully copied pool p\n');
    expect(bench.must('rados -p q -N ns getomapheader a')).toContain('|head|');
    expect(bench.run('rados cppool p p')).toMatchObject({ code: 1, stderr: 'cannot copy pool into itself\n' });
    expect(bench.run('rados -p p cp a')).toMatchObject({ code: 1, stderr: 'cannot copy object into itself\n' });
  });

  it('set the time of an object', () => {
    const bench = poolBench();
    bench.must('rados -p p touch o 1700000000');
    expect(bench.must('rados -p p stat o')).toBe('p/o mtime 2023-11-14T22:13:20.000000+0000, size 0\n');
    expect(bench.run('rados -p p touch o 1k')).toMatchObject({
      code: 1,
      stderr: "Invalid value for timestamp: '1k'\n",
    });
  });

  it('are held to the limits of an OSD', () => {
    const bench = poolBench();
    const says = (line: string) => bench.run(line).stderr;
    bench.must(`rados -p p create ${'n'.repeat(2048)}`);
    expect(says(`rados -p p create ${'n'.repeat(2049)}`)).toMatch(/: \(36\) File name too long\n$/);
    expect(says(`rados -p p -N ${'n'.repeat(257)} create o`)).toBe('error creating p/o: (36) File name too long\n');
    expect(says(`rados -p p setxattr o ${'n'.repeat(101)} v`)).toMatch(/\(36\) File name too long\n$/);
    expect(says('rados -p p create ""')).toBe('error creating p/: (22) Invalid argument\n');
    bench.must('rados -p p create o');
    bench.must('rados -p p truncate o 134217727');
    expect(says('rados -p p truncate o 134217728')).toBe(
      'error truncating oid o to 134217728: (27) File too large\nerror 27: (27) File too large\n',
    );
    bench.must('dd if=/dev/zero of=large bs=90M count=1');
    bench.must('rados -p p -b 200M put fits large');
    bench.must('dd if=/dev/zero of=large bs=1 count=1 seek=94371840 conv=notrunc');
    expect(says('rados -p p -b 200M put o large')).toBe('error putting p/o: (90) Message too long\n');
  });

  it('answer for PGs that were never scrubbed and pools that are no cache', () => {
    const bench = poolBench();
    bench.must('rados -p p create o');
    expect(bench.must('rados list-inconsistent-pg p')).toBe('[]\n');
    expect(bench.run('rados list-inconsistent-obj 2.0').stderr).toBe(
      'No scrub information available for pg 2.0\nerror 2: (2) No such file or directory\n',
    );
    expect(bench.run('rados list-inconsistent-obj xx')).toMatchObject({ code: 0, stderr: 'bad pg: xx\n' });
    expect(bench.run('rados -p p cache-flush o').stderr).toBe('error from cache-flush o: (22) Invalid argument\n');
    bench.must('rados -p p tier-promote o');
    bench.must('rados -p p tier-flush o');
  });
});

describe('rados bench', () => {
  it('keeps many operations under way, and a record for reading and cleaning up', () => {
    const bench = poolBench();
    const text = bench.must('rados -p p bench 1 write -t 3 -O 8M --no-cleanup');
    expect(text).toMatch(
      /^hints = 1\nMaintaining 3 concurrent writes of 4194304 bytes to objects of size 8388608 for up to /,
    );
    const count = Number(/Total writes made: +(\d+)/.exec(text)?.[1]);
    expect(count).toBeGreaterThan(20);
    const objects = Math.ceil(count / 2);
    expect(bench.must('rados -p p ls').trim().split('\n')).toHaveLength(objects + 1);
    expect(bench.must('rados -p p bench 100 seq')).toContain(`Total reads made:     ${count}\n`);
    expect(bench.must('rados -p p bench 1 rand -t 2')).toContain('Object size:          8388608\n');
    expect(bench.must('rados -p p cleanup')).toBe(`Removed ${objects} objects\n`);
    expect(bench.must('rados -p p ls')).toBe('');
  });

  it('notices an object that is not what it wrote', () => {
    const bench = poolBench();
    bench.must('rados -p p bench 1 write --max-objects 2 -t 2 --no-cleanup');
    const [name] = bench
      .must('rados -p p ls')
      .split('\n')
      .filter((line) => line.endsWith('object1'));
    bench.must(`rados -p p truncate ${name} 0`);
    expect(bench.run('rados -p p bench 1 seq')).toMatchObject({
      code: 1,
      stderr: `${name} is not correct!\nerror during benchmark: (5) Input/output error\nerror 5: (5) Input/output error\n`,
    });
  });

  it('prints a tree, whole, also around what it says while cleaning up', () => {
    const bench = poolBench();
    const text = bench.must('rados -p p bench 1 write --max-objects 4 --format json');
    const said = /^hints = 1\n|Cleaning up.*\nRemoved 16 objects\nClean up completed.*\n/g;
    const tree = JSON.parse(text.replaceAll(said, ''));
    expect(tree).toMatchObject({ concurrent_ios: '16', max_objects: '4', total_writes_made: '16' });
    expect(tree.datas[0]).toMatchObject({ sec: '0', finished: '0' });
    bench.must('rados -p p bench 1 write --max-objects 4 --format json --output file');
    expect(JSON.parse(bench.must('cat file')).write_size).toBe('4194304');
  });

  it('finds what a run that was stopped left behind', () => {
    const bench = poolBench();
    bench.must('rados -p p create benchmark_data_vm_1_object0');
    bench.must('rados -p p -N ns create benchmark_data_vm_1_object0');
    bench.must('rados -p p create mine');
    expect(bench.must('rados -p p cleanup')).toBe('Warning: using slow linear search\nRemoved 1 object\n');
    expect(bench.must('rados -p p --all cleanup')).toBe('Warning: using slow linear search\nRemoved 1 object\n');
    expect(bench.must('rados -p p --all ls')).toBe('\tmine\n');
    expect(bench.run('rados -p p cleanup --prefix mine')).toMatchObject({ code: 1 });
  });

  it('says how it can not be used', () => {
    const bench = poolBench();
    const says = (line: string) => bench.run(line).stderr;
    expect(says('rados -p p bench 1 seq')).toMatch(/^Must write data before running a read benchmark!\n/);
    expect(says('rados -p p bench 1 seq -b 4')).toBe(
      "-b|--block_size option can be used only with 'write' bench test\n",
    );
    expect(says('rados -p p bench 1 write -o x')).toBe("-o|--output option can only be used with '--format' option\n");
    expect(says('rados -p p bench 1k write')).toBe("Invalid value for seconds: '1k'\n");
    expect(says('rados -p p bench 1 write -t 0')).toMatch(/^error during benchmark: \(22\) Invalid argument\n/);
  });
});

describe('rados load-gen', () => {
  it('reads and writes for a while, and removes its objects', () => {
    const bench = poolBench();
    const text = bench.must('rados -p p load-gen --num-objects 5 --max-object-size 100000 --run-length 3');
    expect(text).toMatch(/^run length 3 seconds\npreparing 5 objects\nload-gen will run 3 seconds\n/);
    expect(text).toMatch(/READ : oid=obj-\S{15} off=\d+ len=\d+\n/);
    expect(text).toMatch(/waiting for all operations to complete\ncleaning up objects\n$/);
    expect(bench.must('rados -p p ls')).toBe('');
  });
});

describe('rados --striper', () => {
  it('keeps an object as a row of objects of 4 MiB', () => {
    const bench = poolBench();
    bench.must('rados -p p --striper put st -', 'abc'.repeat(3_000_000));
    const names = (line: string) => bench.must(line).trim().split('\n').sort();
    expect(names('rados -p p ls')).toEqual(['st.0000000000000000', 'st.0000000000000001', 'st.0000000000000002']);
    expect(names('rados -p p --striper ls')).toEqual(['st']);
    expect(bench.must('rados -p p --striper stat st')).toMatch(/, size 9000000\n$/);
    expect(names('rados -p p listxattr st.0000000000000000')).toEqual([
      'lock.striper.lock',
      'striper.layout.object_size',
      'striper.layout.stripe_count',
      'striper.layout.stripe_unit',
      'striper.size',
    ]);
    expect(bench.must('rados -p p getxattr st.0000000000000000 striper.size')).toBe('9000000');
    expect(bench.must('rados -p p --striper listxattr st')).toBe('');
    bench.must('rados -p p --striper setxattr st colour red');
    expect(bench.must('rados -p p --striper listxattr st')).toBe('colour\n');
    expect(bench.must('rados -p p --striper get st -')).toBe('abc'.repeat(3_000_000));
  });

  it('cuts, adds, replaces and removes it', () => {
    const bench = poolBench();
    bench.must('rados -p p --striper put st -', 'abc'.repeat(3_000_000));
    bench.must('rados -p p --striper truncate st 5');
    bench.must('rados -p p --striper append st -', '!');
    expect(bench.must('rados -p p --striper get st -')).toBe('abcab!');
    expect(bench.must('rados -p p ls')).toBe('st.0000000000000000\n');
    bench.must('rados -p p --striper put st -', 'new');
    expect(bench.must('rados -p p --striper get st -')).toBe('new');
    bench.must('rados -p p --striper rm st');
    expect(bench.must('rados -p p ls')).toBe('');
    expect(bench.run('rados -p p --striper get st -').stderr).toBe(
      'error getting p/st: (2) No such file or directory\n',
    );
    expect(bench.run('rados -p p --striper stat st').stderr).toBe(
      ' error stat-ing p/st: (2) No such file or directory\n',
    );
  });
});
