import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ArgType, CommandRecord } from '../../src/terminal/cli/command.ts';
import { commandRecords, programs } from '../../src/terminal/programs.ts';
import { EXIT_BLOCKED, TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';
import { sessionLines } from '../helpers/session-lines.ts';

const LINES = 12;
/** More steps than any of these lines may take; one that loops on purpose is dropped there. */
const MOST_STEPS = 2000;

const NUMBERS = [
  '0',
  '-1',
  '1',
  '007',
  '1e3',
  '0x10',
  '4294967296',
  '9007199254740993',
  '18446744073709551616',
  '-0',
  '1.5',
  'NaN',
];
const SIZES = ['0', '1', '4K', '64K', '1M', '3GB', '1.5M', '16E', '99999999999T', '-4K', 'K', '4KK', '１K'];
const TEXTS = [
  '',
  'a',
  'ünï',
  '😀',
  '\u200b',
  '--',
  '-',
  '=',
  '@',
  '/',
  'p/a@s',
  '../..',
  '*',
  '%s%n',
  'a b',
  'x'.repeat(300),
  '\\x00',
];
const SPECS = ['a', 'p/a', 'p/c', 'q/a', 'p/a@s', 'p/c@t', 'p/none', 'p//a', 'p/n/a', '@s', 'a@', 'p/a@s@t', '/', 'p/'];

const VALUES: Readonly<Record<string, readonly string[]>> = {
  int: NUMBERS,
  float: NUMBERS,
  size: SIZES,
  pool: ['p', 'q', 'none', '.mgr', '1', ''],
  'image-spec': SPECS,
  'snap-spec': SPECS,
  'image-or-snap-spec': SPECS,
  device: ['/dev/rbd0', '/dev/rbd9', 'rbd0', 'p/a'],
  object: ['one', 'rbd_directory', 'rbd_id.a', 'rbd_header.106ad95a11c0', ''],
  osd: ['0', 'osd.1', '99', '-1', 'all', 'any'],
  pg: ['2.0', '2.7', '9.9', '2', '2.zz'],
  file: ['f', '-', '/dev/null', '/dev/zero', '/root', '/none/x', '/dev/rbd0', ''],
  namespace: ['', 'n', 'none'],
};

function valueFor(type: ArgType): fc.Arbitrary<string> {
  const own = type.startsWith('enum:') ? type.slice('enum:'.length).split('|') : (VALUES[type] ?? TEXTS);
  return fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...own) },
    { weight: 1, arbitrary: fc.constantFrom(...NUMBERS, ...SIZES, ...TEXTS, ...SPECS) },
  );
}

/** Single quotes, so that a word means itself. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function optionsOf(command: CommandRecord): fc.Arbitrary<string[]> {
  if (command.options.length === 0) return fc.constant([]);
  const one = fc.constantFrom(...command.options).chain(({ long, short, type }) =>
    fc.tuple(valueFor(type ?? 'string'), fc.nat(9)).map(([value, form]) => {
      if (form === 0) return [`--${long}`];
      if (form === 1) return [`--${long.replaceAll('-', '_')}=${value}`];
      if (form < 4 && short !== undefined) return type === undefined ? [`-${short}`] : [`-${short}`, value];
      if (type === undefined) return [form === 9 ? `--${long}=${value}` : `--${long}`];
      return form < 7 ? [`--${long}`, value] : [`--${long}=${value}`];
    }),
  );
  return fc.array(one, { maxLength: 4 }).map((all) => all.flat());
}

/** A command as its record says, with too few words, too many, or others than it takes. */
const soup = fc.constantFrom(...commandRecords).chain((command) =>
  fc
    .tuple(
      fc.constantFrom(command.words, ...(command.aliases ?? [])),
      fc.tuple(...command.positionals.map(({ type }) => valueFor(type))),
      optionsOf(command),
      fc.nat(9),
      fc.constantFrom(...TEXTS, ...NUMBERS),
    )
    .map(([words, positionals, options, shape, extra]) => {
      const given = shape === 0 ? positionals.slice(1) : shape === 1 ? [...positionals, extra] : positionals;
      const rest = shape === 2 ? [...options, ...given] : [...given, ...options];
      return [command.tool, ...words, ...rest].map(quoted).join(' ');
    }),
);

const toolNames = [...programs().keys()];
const FRAGMENTS = [
  ...[
    '|',
    '||',
    '&&',
    ';',
    '&',
    '>',
    '>>',
    '<',
    '<<<',
    '2>&1',
    '2>',
    '(',
    ')',
    '{',
    '}',
    '$(',
    '`',
    '"',
    "'",
    '\\',
    '\n',
  ],
  ...[
    '$x',
    '${x}',
    '${x:-y}',
    '${#x}',
    '${x//a/b}',
    '${',
    '$((1+',
    '$((2**63))',
    '$((1/0))',
    '))',
    '$?',
    '$!',
    '~',
    '*',
    '{a,b}',
    '{1..9}',
  ],
  ...[
    'if',
    'then',
    'fi',
    'for i in 1 2;',
    'do',
    'done',
    'while',
    'case',
    'esac',
    'in',
    'function',
    'break',
    'return',
    'exit 3',
    '[[',
    ']]',
  ],
  ...[
    'x=1',
    'y=$x$x',
    'export z',
    'echo hi',
    'true',
    'false',
    'cat',
    'f',
    '-n',
    '-c',
    '# no',
    '<<E\nbody\nE\n',
    'read v',
    'set -e',
    'eval',
    'xargs',
  ],
];

/** Pieces of shell syntax, joined as they come. */
const syntax = fc
  .array(
    fc.oneof(fc.constantFrom(...FRAGMENTS), fc.constantFrom(...toolNames), fc.constantFrom(...TEXTS, ...NUMBERS)),
    {
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.join(' '));

/** A program of the machine with options and words of its kind. */
const tool = fc
  .tuple(
    fc.constantFrom(...toolNames),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          'f',
          'g',
          '-',
          '/dev/zero',
          '/dev/urandom',
          '/dev/rbd0',
          '/root',
          '/none',
          '--',
          '--help',
          '--version',
        ),
        fc.constantFrom('-n', '-c', '-C', '-e', '-k', '-t', '-s', '-r', '-l', '-i', '-v', '-m', '-d', '-z', '-0', '-1'),
        fc.constantFrom(
          'if=f',
          'of=g',
          'if=/dev/zero',
          'of=/dev/rbd0',
          'bs=0',
          'bs=4K',
          'bs=1E',
          'count=3',
          'skip=-1',
          'seek=9E',
          'conv=sync',
          'iflag=direct',
        ),
        fc.constantFrom(...NUMBERS, ...SIZES, ...TEXTS),
      ),
      { maxLength: 5 },
    ),
    fc.constantFrom('', ' < f', ' | head -c 100', ' > g', ' 2>&1 | wc', ' << E\nx\nE'),
  )
  .map(([name, words, tail]) => `${[name, ...words.map(quoted)].join(' ')}${tail}`);

/** A sensible line with a piece cut out, doubled, or put in its place. */
const mutated = fc
  .tuple(sessionLines(3), fc.nat(200), fc.nat(12), fc.constantFrom(...FRAGMENTS, ...TEXTS), fc.nat(3))
  .map(([lines, at, length, piece, kind]) => {
    const line = lines.at(-1) ?? '';
    const from = at % (line.length + 1);
    const cut = line.slice(from, from + length);
    const put = kind === 0 ? '' : kind === 1 ? piece : kind === 2 ? cut + cut : `${piece}${cut}`;
    return line.slice(0, from) + put + line.slice(from + length);
  });

/** A machine with something on it. */
function prepared(): TestMachine {
  const machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  for (const line of [
    'ceph osd pool create p 4',
    'rbd pool init p',
    'rbd create p/a --size 64K --object-size 16K',
    'rbd map p/a',
    'echo some text to read > f; dd if=f of=/dev/rbd0 conv=notrunc 2>/dev/null; cp f g',
    'rbd snap create p/a@s; rbd snap protect p/a@s; rbd clone p/a@s p/c; rbd snap create p/c@t',
    'rados -p p put one f; rados -p p setomapval one k v',
  ]) {
    machine.must(line);
  }
  machine.cluster.records.commit();
  return machine;
}

/** Runs lines one after another, each from where the last one came to; what they throw is a bug. */
function expectNoCrash(lines: readonly string[]): void {
  const machine = prepared();
  for (const line of lines) {
    const { code } = machine.runSteps(line, MOST_STEPS);
    if (code !== null && (!Number.isInteger(code) || code < 0 || code > 255)) expect({ line, code }).toBe('0 to 255');
    if (code === EXIT_BLOCKED || code === null) machine.resume();
  }
  expect(machine.run('echo alive').out).toBe('alive\n');
}

function fuzz(name: string, line: fc.Arbitrary<string>, runs: number): void {
  test(name, () => {
    const lines = fc.array(line, { minLength: 1, maxLength: LINES, size: 'max' });
    fc.assert(fc.property(lines, expectNoCrash), propertyRuns(runs));
  });
}

describe('no line crashes, hangs, or ends with more than a byte', () => {
  fuzz("commands with options out of their records' tables", soup, 150);
  fuzz('programs with any words', tool, 80);
  fuzz('shell syntax, piece by piece', syntax, 150);
  fuzz('sensible lines, mutated', mutated, 80);
});
