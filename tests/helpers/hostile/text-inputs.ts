import { compileCrushMap } from '../../../src/engine/crush/compile/compile.ts';
import { crushMapNode } from '../../../src/terminal/cli/crushtool/dump.ts';
import { type Hostile, MIB } from './hostile.ts';

const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join('\n');

const CLASS = 'device 0 d class c\ntype 1 h\n';
const RULE = 'rule r {\nid 0\ntype replicated\nstep emit\n}\n';

const texts: readonly (readonly [name: string, content: () => string])[] = [
  ['one long line', () => 'x'.repeat(4 * MIB)],
  ['empty lines', () => '\n'.repeat(4 * MIB)],
  ['lines of one letter', () => 'x\n'.repeat(2 * MIB)],
  ['too large', () => ' '.repeat(40 * MIB)],
  ['brackets', () => `choose_args 1 { ${'['.repeat(4_000_000)}`],
  ['an item that has no end', () => `type 1 h\nh a {\nalg straw2\n${'item a\n'.repeat(590_000)}`],
  ['ids without end', () => `type 1 h\nh a {\n${'id -1 '.repeat(690_000)}`],
  ['hashes without end', () => `type 1 h\nh a {\nalg straw2 ${'hash0'.repeat(800_000)}`],
  ['steps without end', () => `rule r {\nid 0\ntype replicated\n${'step emit\n'.repeat(410_000)}`],
  ['sets without end', () => `choose_args 1 { { bucket_id -1 weight_set [ ${'[]'.repeat(2_000_000)}`],
  ['weights without end', () => `choose_args 1 { { bucket_id -1 weight_set [ [ ${'1 '.repeat(2_000_000)}`],
  ['arguments without end', () => `choose_args 1 { ${'{bucket_id -1}'.repeat(290_000)}`],
  ['types', () => 'type 1h\n'.repeat(520_000)],
  ['devices', () => lines(150_000, (at) => `device ${at} osd.${at}`)],
  ['a device far out', () => 'device 2147483647 osd.0\n'],
  ['a bucket far out', () => 'type 1 h\nh a {\nid -2147483648\nalg straw2\nhash 0\n}\n'],
  ['a bucket that is none', () => 'type 1 h\nh a {\nid -2147483649\nalg straw2\nhash 0\n}\n'],
  [
    'an item with the id of a bucket that is not there',
    () => `device 3557549056 x\n${CLASS}h a { alg straw2 item d item x }\n${RULE}`,
  ],
  [
    'a bucket that holds itself by another name',
    () => `device 4294967295 x\n${CLASS}h a { id -1 alg straw2 item x } h b { alg straw2 item x }\n${RULE}`,
  ],
  [
    'classes and buckets',
    () =>
      `${lines(900, (at) => `device ${at} d${at} class c${at}`)}\ntype 1 h\n` +
      `${lines(19_000, (at) => `h b${at} { alg straw2 }`)}\n${RULE}`,
  ],
  [
    'classes of one bucket',
    () => `${lines(90_000, (at) => `device ${at} d${at} class c${at}`)}\ntype 1 h\nh a { alg straw2 }\n${RULE}`,
  ],
  [
    'shadow buckets with ids',
    () => `type 1 h\nh a { id -1\n${lines(100_000, (at) => `id ${-2 - at} class c${at}`)}\nalg straw2 }\n${RULE}`,
  ],
  ['a place far out', () => 'device 0 d\ntype 1 h\nh a {\nalg straw2\nhash 0\nitem d pos 2147483646\n}\n'],
  ['buckets without ids', () => `type 1 h\n${lines(19_000, (at) => `h a${at} { alg straw2 }`)}`],
  ['buckets of one name', () => `type 1 h\n${'h a { alg straw2 }\n'.repeat(19_000)}`],
  [
    'two names, each many times',
    () => `type 1 h\n${'h a { alg straw2 item b }\n'.repeat(9_000)}${'h b { alg straw2 }\n'.repeat(9_000)}`,
  ],
  ['digits', () => `device ${'9'.repeat(4_000_000)} d`],
];

const bytesOf = (content: () => string) => () => Buffer.from(content(), 'latin1');

export const TEXT_INPUTS: readonly Hostile[] = [
  ...texts.map(([name, content]) => ({ name: `text: ${name}`, make: bytesOf(content), read: compileCrushMap })),
  {
    name: 'text: a device as far out as may be, dumped',
    make: bytesOf(() => 'device 262143 osd.0\n'),
    read: (bytes) => {
      const { map } = compileCrushMap(bytes);
      if (map === undefined) throw new Error('no map');
      return crushMapNode(map);
    },
  },
];
