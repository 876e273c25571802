import { sizeNumber } from './size-number.ts';

/** What dd was asked for. */
export interface DdOperands {
  readonly input: string | null;
  readonly output: string | null;
  readonly inBlock: number;
  readonly outBlock: number;
  /** Where input and output blocks are one (`bs=`), short reads are written as they come. */
  readonly sameBlock: boolean;
  /** Blocks, or bytes with `countIsBytes`; null for all. */
  readonly count: number | null;
  readonly countIsBytes: boolean;
  readonly skipBytes: number;
  readonly seekBytes: number;
  readonly notrunc: boolean;
  readonly nocreat: boolean;
  readonly excl: boolean;
  readonly append: boolean;
  readonly sync: boolean;
  readonly noerror: boolean;
  readonly sparse: boolean;
  readonly fullblock: boolean;
  readonly change: 'ucase' | 'lcase' | null;
  readonly status: 'default' | 'none' | 'noxfer' | 'progress';
}

/** What wrong usage says, and the exit code. */
export class DdUsage extends Error {
  override readonly name = 'DdUsage';
  readonly exit: number;

  constructor(message: string, exit = 1) {
    super(message);
    this.exit = exit;
  }
}

const HINT = "\nTry 'dd --help' for more information.";
const CONV = new Set([
  'notrunc',
  'nocreat',
  'excl',
  'fsync',
  'fdatasync',
  'sync',
  'noerror',
  'sparse',
  'ucase',
  'lcase',
]);
const CONV_NOT_YET = new Set(['ascii', 'ebcdic', 'ibm', 'block', 'unblock', 'swab']);
const FLAGS = new Set([
  'append',
  'direct',
  'dsync',
  'sync',
  'fullblock',
  'nonblock',
  'noatime',
  'nocache',
  'noctty',
  'nofollow',
  'directory',
  'count_bytes',
  'skip_bytes',
  'seek_bytes',
]);
const NAMES = new Set([
  'if',
  'of',
  'bs',
  'ibs',
  'obs',
  'count',
  'seek',
  'oseek',
  'skip',
  'iseek',
  'conv',
  'iflag',
  'oflag',
  'status',
  'cbs',
]);
const STATUS = { none: 'none', noxfer: 'noxfer', progress: 'progress' } as const;

/** Reads `name=value` operands. Throws {@link DdUsage} in dd's own words. */
export function parseDd(words: readonly string[]): DdOperands {
  const values = new Map<string, string>();
  const lists = { conv: new Set<string>(), iflag: new Set<string>(), oflag: new Set<string>() };
  for (const word of words) {
    if (word === '--') continue;
    const [name, value] = nameAndValue(word);
    if (name === 'conv') readList(value, CONV, lists.conv, 'conversion');
    else if (name === 'iflag') readList(value, FLAGS, lists.iflag, 'input flag');
    else if (name === 'oflag') readList(value, FLAGS, lists.oflag, 'output flag');
    else values.set(name, value);
  }
  return assemble(values, lists);
}

function nameAndValue(word: string): [string, string] {
  const at = word.indexOf('=');
  const name = word.slice(0, Math.max(at, 0));
  if (word.startsWith('-') || at < 0 || !NAMES.has(name)) throw new DdUsage(`unrecognized operand '${word}'${HINT}`);
  return [name, word.slice(at + 1)];
}

function readList(value: string, known: ReadonlySet<string>, into: Set<string>, what: string): void {
  for (const item of value.split(',')) {
    if (CONV_NOT_YET.has(item)) throw new DdUsage(`conv=${item} is not there yet`, 95);
    if (!known.has(item)) throw new DdUsage(`invalid ${what}: '${item}'${HINT}`);
    into.add(item);
  }
}

interface Lists {
  readonly conv: ReadonlySet<string>;
  readonly iflag: ReadonlySet<string>;
  readonly oflag: ReadonlySet<string>;
}

function assemble(values: ReadonlyMap<string, string>, { conv, iflag, oflag }: Lists): DdOperands {
  const bs = values.has('bs') ? blockSize(values.get('bs') ?? '') : null;
  const inBlock = bs ?? blockSize(values.get('ibs') ?? '512');
  const outBlock = bs ?? blockSize(values.get('obs') ?? '512');
  const count = amount(values.get('count'));
  const skip = amount(values.get('skip') ?? values.get('iseek'));
  const seek = amount(values.get('seek') ?? values.get('oseek'));
  return {
    input: values.get('if') ?? null,
    output: values.get('of') ?? null,
    inBlock,
    outBlock,
    sameBlock: bs !== null,
    count: count?.value ?? null,
    countIsBytes: count?.bytes === true || iflag.has('count_bytes'),
    skipBytes: skip === null ? 0 : skip.value * (skip.bytes || iflag.has('skip_bytes') ? 1 : inBlock),
    seekBytes: seek === null ? 0 : seek.value * (seek.bytes || oflag.has('seek_bytes') ? 1 : outBlock),
    notrunc: conv.has('notrunc') || oflag.has('append'),
    nocreat: conv.has('nocreat'),
    excl: conv.has('excl'),
    append: oflag.has('append'),
    sync: conv.has('sync'),
    noerror: conv.has('noerror'),
    sparse: conv.has('sparse'),
    fullblock: iflag.has('fullblock'),
    change: conv.has('ucase') ? 'ucase' : conv.has('lcase') ? 'lcase' : null,
    status: statusOf(values.get('status')),
  };
}

function statusOf(text: string | undefined): DdOperands['status'] {
  if (text === undefined) return 'default';
  const status = Object.entries(STATUS).find(([name]) => name === text)?.[1];
  if (status === undefined) throw new DdUsage(`invalid status level: '${text}'${HINT}`);
  return status;
}

function blockSize(text: string): number {
  const size = sizeNumber(text);
  if (size === null || size === 0) throw new DdUsage(`invalid number: '${text}'`);
  return size;
}

/** A count of blocks, or of bytes where it ends in `B`. */
function amount(text: string | undefined): { value: number; bytes: boolean } | null {
  if (text === undefined) return null;
  const value = sizeNumber(text);
  if (value === null) throw new DdUsage(`invalid number: '${text}'`);
  return { value, bytes: /\dB$/.test(text) };
}
