import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesData, NO_DATA } from '../../../../../src/engine/base/data.ts';
import { BrokenDump, DumpReader, dumpHead } from '../../../../../src/engine/codec/rados-dump.ts';
import { Bench } from '../run-tool.ts';

/** What `rados export` of Ceph 20.2.4 writes of a pool with one empty object, called `empty`. */
const RECORDED =
  'ceffceff02000000120000000a00000001010c000000ceff0a0a000000000000000001010c000000ceff0303270100000000000003012101' +
  '00000403260000000000000005000000656d707479feffffffffffffff0000000000000000000000000000000080ffffffffffffffffff12' +
  '08e600000004032100000000000000000000000000000000000000000000000000000000000000000000008006031c000000000000000000' +
  '0080ffffffff0000000000000000ffffffffffffffff00000000000000000000000000000000000000000000000000000000020215000000' +
  '0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000' +
  '0000000000000000000000000000000000000000000000000000000000000000000000ffffffffffffffff00000000000000000000000000' +
  '0000000000000000000000010104000000ceffffec01010c000000ceff06060a0000000000000001010400000000000000010104000000ce' +
  'ffffec01010c000000ceff07070a0000000000000001010400000000000000010104000000ceffffec01010c000000ceff04040000000000' +
  '00000001010c000000ceff0b0b0000000000000000';

function poolBench(): Bench {
  const bench = new Bench();
  bench.must('ceph osd pool create p 8');
  bench.must('ceph osd pool create q 8');
  return bench;
}

describe('rados export and import', () => {
  it('writes the very bytes that a real cluster writes', () => {
    const bench = poolBench();
    bench.must('rados -p p create empty');
    bench.must('rados -p p export file');
    const wanted = createHash('sha256').update(Buffer.from(RECORDED, 'hex')).digest('hex');
    expect(bench.must('sha256sum file')).toBe(`${wanted}  file\n`);
  });

  it('brings data, attributes, omap, header, namespaces and locators back', () => {
    const bench = poolBench();
    bench.must('rados -p p put o -', 'x'.repeat(5_000_000));
    bench.must('rados -p p setxattr o colour red');
    bench.must('rados -p p setomapval o key value');
    bench.must('rados -p p setomapheader o head');
    bench.must('rados -p p -N ns --object-locator loc put "a b%" -', 'here');
    bench.must('rados -p p export first');
    expect(bench.must('rados -p q import first')).toContain(
      'Write #-9223372036854775808:00000000:ns:loc:a b%25:head#\n',
    );
    bench.must('rados -p q export second');
    bench.must('cmp first second');
    expect(bench.must('rados -p q -N ns --object-locator loc get "a b%" -')).toBe('here');
  });

  it('replaces what is there, leaves it alone, or only says what it would do', () => {
    const bench = poolBench();
    bench.must('rados -p p put o -', 'old');
    bench.must('rados -p p export file');
    const name = '#-9223372036854775808:00000000:::o:head#\n';
    bench.must('rados -p p put o -', 'new');
    expect(bench.must('rados -p p import --no-overwrite file')).toBe(`Importing pool\nSkipping existing ${name}`);
    expect(bench.must('rados -p p import --dry-run file')).toBe(`Importing pool\n***Overwrite*** ${name}`);
    expect(bench.must('rados -p p get o -')).toBe('new');
    expect(bench.must('rados -p p import file')).toBe(`Importing pool\n***Overwrite*** ${name}`);
    expect(bench.must('rados -p p get o -')).toBe('old');
    expect(bench.must('rados -p made --create import file')).toBe(`Importing pool\nWrite ${name}`);
  });

  it('fails as the real tool does', () => {
    const bench = poolBench();
    const fails = (line: string, stdin?: string) => {
      const { code, stderr } = bench.run(line, stdin);
      expect(code, line).toBe(1);
      return stderr;
    };
    expect(fails('rados -p p import nowhere')).toBe("Error opening 'nowhere': (1) Operation not permitted\n");
    expect(fails('rados -p p export /no/where')).toBe("Error opening '/no/where': (1) Operation not permitted\n");
    expect(fails('rados -p p import --what nowhere')).toBe("Invalid argument '--what'\n");
    expect(fails('rados -p p import -', 'hello')).toBe('Unexpected EOF\nerror from import: (14) Bad address\n');
    expect(fails('rados -p p import -', 'this is no export of a pool at all')).toBe(
      'Invalid magic number: 0x73696874 vs. 0xffceffce\nerror from import: (14) Bad address\n',
    );
  });

  it('takes an export that is cut off anywhere for what it is', () => {
    const bytes = Buffer.from(RECORDED, 'hex');
    for (let length = 0; length < bytes.length; length++) {
      const reader = new DumpReader(bytesData(bytes.subarray(0, length)));
      expect(() => {
        reader.head();
        for (;;) if (reader.section().kind === 11) return;
      }, `${length} bytes`).toThrow(BrokenDump);
    }
    expect(() => new DumpReader(NO_DATA).head()).toThrow('Unexpected EOF');
    expect(new DumpReader(dumpHead()).head()).toEqual({ magic: 0xffceffce, version: 2 });
  });
});
