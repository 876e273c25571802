import { expect, test } from 'vitest';
import { bytesData } from '../../../../../src/engine/base/data.ts';
import { utf8Encode } from '../../../../../src/engine/base/utf8.ts';
import { writeImage } from '../../../../../src/engine/librbd/io/image-io.ts';
import { openImage } from '../../../../../src/engine/librbd/open.ts';
import { TestMachine } from '../../../../helpers/machine.ts';

test('JO1: what is written is in the journal first, an entry an object in turn; commit follows when the image is closed', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 8M');
  expect(machine.run('rbd journal info --pool p --image a').err).toBe('rbd: journaling is not enabled for image a\n');
  machine.must('rbd feature enable p/a journaling');
  const id = /id: (\w+)/.exec(machine.must('rbd info p/a'))?.[1] ?? '';
  machine.must('rbd bench --io-type write --io-size 4K --io-total 20K --io-pattern seq p/a');
  const objects = machine.must('rados -p p ls').split('\n');
  const entries = objects.filter((oid) => oid.startsWith('journal_data.')).sort();
  const pool = machine.cluster.connect().ioCtx('p').poolId;
  expect(entries).toEqual([0, 1, 2, 3].map((no) => `journal_data.${pool}.${id}.${no}`));
  expect(machine.must('rbd journal info --pool p --image a')).toBe(
    `rbd journal '${id}':\n\theader_oid: journal.${id}\n\tobject_oid_prefix: journal_data.${pool}.${id}.\n\torder: 24 (16 MiB objects)\n\tsplay_width: 4\n`,
  );
  expect(machine.must('rbd journal status --pool p --image a')).toContain('entry_tid=4]');
  machine.must('rbd feature disable p/a journaling');
  expect(machine.must('rados -p p ls')).not.toContain('journal');
});

test('JO2: an image that is mirrored by its journal belongs to nobody once it was demoted', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create p 8; rbd pool init p; rbd create p/a --size 8M; rbd mirror pool enable p image');
  machine.must('rbd mirror image enable p/a; rbd mirror image demote p/a');
  expect(machine.must('rbd info p/a')).toContain('mirroring primary: false');
  expect(machine.run('rbd snap create p/a@s').code).toBe(30);
  machine.must('rbd mirror image promote p/a; rbd snap create p/a@s; rbd snap rm p/a@s; rbd rm p/a');
  expect(machine.must('rados -p p ls')).not.toContain('journal');
});

/** A machine with an image `c` that a client has written `after` to, and not closed yet. */
function unclosed() {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
  machine.must('rbd create --size 64M --image-feature layering,exclusive-lock,journaling c');
  machine.must('rbd create --size 64M --image-feature layering,exclusive-lock,journaling d');
  const io = machine.cluster.connect().ioCtx('rbd');
  machine.cluster.run(
    (function* () {
      yield* writeImage(yield* openImage(io, { name: 'c' }), 8, bytesData(utf8Encode('after')));
    })(),
  );
  const id = (name: string) => /id: (\w+)/.exec(machine.must(`rbd info ${name}`))?.[1] ?? '';
  return { machine, id };
}

test('JO4: what is not committed is inspected, exported and imported, as recorded from a real cluster', () => {
  const { machine, id } = unclosed();
  expect(machine.must('rbd journal status --image c')).toBe(
    'minimum_set: 0\nactive_set: 0\nregistered clients: \n\t[id=, commit_position=[positions=[]], state=connected]\n',
  );
  const event =
    /\{\n {4}"event_type": "AioWrite",\n {4}"offset": 8,\n {4}"length": 5,\n {4}"timestamp": "20\S+\+0000"\n\}\n/;
  const verbose = machine.must('rbd journal inspect --image c --verbose');
  expect(verbose).toMatch(event);
  expect(verbose.replace(event, '')).toBe('Entry: tag_id=1, commit_tid=1\nSummary:\n  1 entries inspected, 0 errors\n');
  expect(machine.must(`rbd journal export ${id('c')} exp`)).toBe('1 entries processed, 0 errors\n');
  expect(machine.must('cat exp')).toMatch(
    new RegExp(
      `^# journal_id: ${id('c')}\n115 \\{"tag_id":1,"commit_tid":1,"type":1,"entry":"BQEdAAAAAQAAAAgAAAAAAAAABQAAAAAAAAAFAAAAYWZ0ZXIBAQgAA[A-Za-z0-9+/]{13}=="\\}\n$`,
    ),
  );
  expect(machine.run('rbd journal export --image c --path exp')).toEqual({
    code: 17,
    out: '',
    err: 'rbd: error creating exp\nrbd: journal export: (17) File exists\n',
  });
  const imported = '1 entries processed, 0 errors\nWaiting for journal append to complete...\n';
  expect(machine.must(`rbd journal import exp ${id('d')}`)).toBe(imported);
  expect(machine.must('rbd journal inspect --image d')).toBe('Summary:\n  1 entries inspected, 0 errors\n');
  // Whoever opens the image for writing has it played back.
  machine.must('rbd image-meta set d k v; rbd export --no-progress d bytes');
  expect(machine.must('dd if=bytes bs=1 skip=8 count=5 2>/dev/null')).toBe('after');
});

const IMPORTS: readonly (readonly [file: string, counts: string, err: string])[] = [
  ['# c\\n12 abc\\n', '0 entries processed, 0 errors', 'rbd: error reading from stdin: truncated\n'],
  ['abc\\n', '0 entries processed, 0 errors', 'rbd: import data invalid format (digit expected)\n'],
  ['4 abc\\n', '1 entries processed, 1 errors', 'rbd: error parsing input (entry 1)\n'],
  ['0 abc\\n', '0 entries processed, 0 errors', 'rbd: import data invalid format (zero entry size)\n'],
  [
    '2 {}\\n',
    '1 entries processed, 1 errors',
    'failed to decode event entry: End of buffer [buffer:2]\nrbd: corrupted entry 1: tag_tid=0, commit_tid=0\n',
  ],
  ['12xy', '0 entries processed, 0 errors', 'rbd: import data invalid format (space expected)\n'],
  ['', '0 entries processed, 0 errors', ''],
];

test.each(IMPORTS)('JO4: a file that is no export of a journal: %s', (file, counts, err) => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
  machine.must('rbd create --size 64M --image-feature exclusive-lock,journaling e');
  machine.must(`printf '${file}' > f`);
  const out = `${counts}\nWaiting for journal append to complete...\n`;
  expect(machine.run('rbd journal import --path f --dest e')).toEqual({ code: 0, out, err });
});

const WRONG: readonly (readonly [line: string, code: number, err: string])[] = [
  [
    'rbd journal info c',
    2,
    'failed to get journal metadata: (2) No such file or directory\nrbd: journal info: (2) No such file or directory\n',
  ],
  [
    'rbd journal inspect c',
    2,
    'failed to register client: (2) No such file or directory\nrbd: failed to unregister journal client: (2) No such file or directory\nrbd: journal inspect: (2) No such file or directory\n',
  ],
  ['rbd journal export --image c exp', 22, 'rbd: path was not specified\n'],
  ['rbd journal import --path f', 22, 'rbd: destination journal was not specified\n'],
  [
    'rbd journal import --path nope --dest c',
    2,
    'rbd: error opening nope\nrbd: journal import: (2) No such file or directory\n',
  ],
  [
    'rbd journal client disconnect --image c',
    2,
    'no registered clients to disconnect\nrbd: journal client disconnect: (2) No such file or directory\n',
  ],
  [
    'rbd journal client disconnect --image c --client-id xx',
    2,
    'warning: client xx is not registered\nrbd: journal client disconnect: (2) No such file or directory\n',
  ],
  ['rbd journal client disconnect', 22, 'rbd: journal was not specified\n'],
  [
    'rbd journal reset --image nope',
    2,
    'rbd: error opening image nope: (2) No such file or directory\nrbd: failed to open image nope to get journal name: (2) No such file or directory\n',
  ],
  [
    'rbd journal reset xxx',
    2,
    "failed to locate journal's image: (2) No such file or directory\nrbd: journal reset: (2) No such file or directory\n",
  ],
  [
    'rbd feature enable d journaling --journal-object-size 1K',
    1,
    "rbd: the argument for option '--journal-object-size' is invalid\n",
  ],
  [
    'rbd feature enable d journaling --journal-splay-width 0',
    22,
    'rbd: failed to update image features: (22) Invalid argument\n',
  ],
  [
    'rbd feature enable d journaling --journal-pool nope',
    2,
    'rbd: failed to update image features: (2) No such file or directory\n',
  ],
];

test('JO4: wrong usage and missing journals are refused as recorded', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
  machine.must('rbd create --size 64M --image-feature exclusive-lock,journaling c');
  machine.must('rbd create --size 64M --image-feature exclusive-lock d');
  for (const [line, code, err] of WRONG) {
    const found = machine.run(line);
    expect({ line, code: found.code, err: found.err }).toEqual({ line, code, err });
  }
  expect(machine.must('rbd info d')).not.toContain('journal');
  expect(machine.must('rados -p rbd ls')).not.toMatch(/journal\.$/m);
});

test('JO4: a journal of two small objects at a time moves on when one is full, and keeps what is committed until the next', () => {
  const machine = new TestMachine();
  machine.must('ceph osd pool create rbd 8; rbd pool init rbd');
  const journal = '--journal-splay-width 2 --journal-object-size 64K';
  machine.must(`rbd create --size 1G --image-feature exclusive-lock,journaling ${journal} e`);
  expect(machine.must('rbd journal info --image e')).toContain('\torder: 16 (64 KiB objects)\n\tsplay_width: 2\n');
  machine.must('rbd bench --io-type write --io-size 4096 --io-threads 1 --io-total 2097152 e');
  // As a real cluster has it after the same lines.
  expect(machine.must('rbd journal status --image e')).toBe(
    'minimum_set: 0\nactive_set: 17\nregistered clients: \n\t[id=, commit_position=[positions=[[object_number=35, tag_tid=1, entry_tid=513], [object_number=34, tag_tid=1, entry_tid=512]]], state=connected]\n',
  );
  const id = /id: (\w+)/.exec(machine.must('rbd info e'))?.[1] ?? '';
  const pool = machine.cluster.connect().ioCtx('rbd').poolId;
  const sizes = [0, 1, 33, 34, 35].map((no) => {
    const stat = machine.must(`rados -p rbd stat journal_data.${pool}.${id}.${no}`);
    return Number(/size (\d+)/.exec(stat)?.[1]);
  });
  expect(sizes).toEqual([62652, 62595, 62595, 4173, 4230]);
  machine.must('rbd image-meta set e k v');
  expect(machine.must('rbd journal status --image e')).toContain('minimum_set: 17\nactive_set: 17\n');
  expect(machine.must('rados -p rbd ls | grep -c journal_data')).toBe('2\n');
});

test('JO1: resetting a journal begins it anew', () => {
  const { machine, id } = unclosed();
  machine.must('rbd journal reset --image c');
  expect(machine.must('rbd journal status --image c')).toContain(
    '[id=, commit_position=[positions=[]], state=connected]',
  );
  expect(machine.must(`rados -p rbd listomapkeys journal.${id('c')}`)).toContain('tag_0000000000000000\n');
  machine.must('rbd export --no-progress c bytes');
  expect(machine.must('dd if=bytes bs=1 skip=8 count=5 2>/dev/null')).toBe('after');
});

test('JO4: a journal with something in it that is no entry is told as recorded; whoever would write is refused', () => {
  const { machine, id } = unclosed();
  const pool = machine.cluster.connect().ioCtx('rbd').poolId;
  machine.must("printf 'no entry, and longer than the beginning of one is' > garbage");
  machine.must(`rados -p rbd append journal_data.${pool}.${id('c')}.0 garbage`);
  expect(machine.run('rbd journal inspect --image c')).toEqual({
    code: 74,
    out: 'Summary:\n  0 entries inspected, 0 errors\n',
    err: 'rbd: journal inspect: (74) Bad message\n',
  });
  expect(machine.run(`rbd journal export ${id('c')} exp`)).toEqual({
    code: 74,
    out: '0 entries processed, 0 errors\n',
    err: 'rbd: journal export: (74) Bad message\n',
  });
  expect(machine.must('cat exp')).toBe(`# journal_id: ${id('c')}\n`);
  // A real client tries again for ever.
  expect(machine.run('rbd image-meta set c k v').err).toBe('rbd: setting metadata failed: (74) Bad message\n');
});
