import { describe, expect, test } from 'vitest';
import { commandRecords, programs } from '../../../src/terminal/programs.ts';
import { complete } from '../../../src/worker/completion/complete.ts';
import { suggest } from '../../../src/worker/completion/suggest.ts';
import { typedWords } from '../../../src/worker/completion/words.ts';
import { Projection } from '../../../src/worker/projection/projection.ts';
import { MiB, RbdKit } from './rbd-kit.ts';

const kit = new RbdKit();
kit.create('disk', 8 * MiB);
kit.create('data', 8 * MiB);
kit.snap('disk', 'gold');
const view = new Projection(kit.cluster).view();
const source = {
  commands: commandRecords,
  programs: [...programs().keys()],
  choices: (pool: string | undefined) => ({ view, cluster: kit.cluster, pool, files: ['notes.txt', 'id.bin'] }),
};

function texts(line: string): string[] {
  return complete(source, line, line.length).candidates.map(({ text }) => text);
}

describe('completion', () => {
  test('the first word is a program, also after a pipe or a semicolon', () => {
    expect(texts('rb')).toEqual(['rbd']);
    expect(texts('ceph -s; rb')).toEqual(['rbd']);
    expect(texts('echo $(rb')).toEqual(['rbd']);
    expect(texts('rbd ls | hexd')).toEqual(['hexdump']);
  });

  test('words of commands, with what they do', () => {
    expect(texts('rbd snap pro')).toEqual(['protect']);
    expect(texts('ceph osd pool cr')).toEqual(['create']);
    expect(complete(source, 'rbd flat', 8)).toEqual({
      candidates: [{ text: 'flatten', hint: expect.any(String) }],
      from: 4,
    });
  });

  test('options of the command', () => {
    expect(texts('rbd create --si')).toEqual(['--size']);
    expect(texts('rbd create p/new --si')).toEqual(['--size']);
  });

  test('arguments by what there is', () => {
    expect(texts('rbd resize p/d')).toEqual(['p/data', 'p/disk']);
    expect(texts('rbd -p p resize d')).toEqual(['data', 'disk']);
    expect(texts('rbd snap protect p/')).toContain('p/disk@gold');
    expect(texts('ceph osd pool get ')).toEqual(['.mgr', 'noautoscale', 'p', 'threshold']);
    expect(texts('cat no')).toEqual(['notes.txt']);
  });

  test('the word at the cursor counts, not what stands after it', () => {
    expect(complete(source, 'rbd inf p/disk', 7)).toMatchObject({ candidates: [{ text: 'info' }], from: 4 });
  });

  test('quotes, escapes and redirections are understood', () => {
    expect(typedWords(`echo 'a b' "c;d" e\\ f`, 99)).toEqual({ before: ['echo', 'a b', 'c;d'], word: 'e f', from: 17 });
    expect(typedWords('cat <no', 99)).toEqual({ before: ['cat'], word: 'no', from: 5 });
    expect(typedWords('', 0)).toEqual({ before: [], word: '', from: 0 });
  });
});

describe('a line as it may have been meant', () => {
  test.each([
    ['rbd flaten pool/x', 'rbd flatten pool/x'],
    ['rbd snap creat pool/x@s', 'rbd snap create pool/x@s'],
    ['rbd -p pool snpa ls disk', 'rbd -p pool snap ls disk'],
    ['ceph osd pol ls', 'ceph osd pool ls'],
    ['ceph osd pool crate p 8', 'ceph osd pool create p 8'],
    ['ceph helth', 'ceph health'],
    ['rados lss -p pool', 'rados ls -p pool'],
    ['rados -p pool lss', 'rados -p pool ls'],
    ['echo a && rbd snap creat p/x@s | cat', 'echo a && rbd snap create p/x@s | cat'],
    ['cepj -s', 'ceph -s'],
    ['rbd ls; hexdmp -C f', 'rbd ls; hexdump -C f'],
  ])('%s', (typed, meant) => {
    expect(suggest(source, typed)).toBe(meant);
  });

  test.each([
    'rbd info p/nothing',
    'rbd snap rm p/x@s',
    'ceph osd map p note',
    'rados -p p stat nothing',
    'rbd',
    'rbd snap',
    'rbd quux',
    'cat nothing.txt',
    'A=b',
    '# rbd flaten',
    'zzzzzz',
    '',
  ])('nothing for: %s', (typed) => {
    expect(suggest(source, typed)).toBeNull();
  });
});
