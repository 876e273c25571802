import { crc32c } from '../../src/engine/codec/crc32c.ts';

/** Random numbers that a seed decides: mulberry32. */
export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from 0 to `below` - 1. */
  below(below: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  }

  of<T>(list: readonly T[]): T {
    const value = list[this.below(list.length)];
    if (value === undefined) throw new Error('nothing to choose from');
    return value;
  }
}

type Mutation = (bytes: Uint8Array, chance: Chance, others: readonly Uint8Array[]) => Uint8Array;

const WORDS = [0, 1, 2, 3, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 1 << 20];

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function withWord(bytes: Uint8Array, at: number, value: number): Uint8Array {
  const out = new Uint8Array(bytes);
  if (at + 4 <= out.length) new DataView(out.buffer).setUint32(at, value >>> 0, true);
  return out;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}

const flipBit: Mutation = (bytes, chance) => {
  const out = new Uint8Array(bytes);
  const at = chance.below(out.length);
  out[at] = (out[at] ?? 0) ^ (1 << chance.below(8));
  return out;
};

const setWord: Mutation = (bytes, chance) =>
  withWord(bytes, chance.below(Math.max(1, bytes.length - 3)), chance.of(WORDS));

const truncate: Mutation = (bytes, chance) => bytes.slice(0, chance.below(bytes.length));

const cut: Mutation = (bytes, chance) => {
  const at = chance.below(bytes.length);
  return joined(bytes.subarray(0, at), bytes.subarray(at + 1 + chance.below(64)));
};

const repeat: Mutation = (bytes, chance) => {
  const at = chance.below(bytes.length);
  const block = bytes.subarray(at, at + 1 + chance.below(256));
  const times = 1 + chance.below(chance.below(20) === 0 ? 400 : 4);
  return joined(bytes.subarray(0, at), ...Array.from({ length: times }, () => block), bytes.subarray(at));
};

const splice: Mutation = (bytes, chance, others) => {
  const other = chance.of(others);
  const [at, from] = [chance.below(bytes.length), chance.below(other.length)];
  return joined(bytes.subarray(0, at), other.subarray(from, from + chance.below(2000)), bytes.subarray(at));
};

/** Changes a word that may be a count or a length: one that is small and not 0. */
const changeCount: Mutation = (bytes, chance) => {
  for (let tries = 0; tries < 40; tries++) {
    const at = chance.below(Math.max(1, bytes.length - 3));
    if (at + 4 > bytes.length) break;
    const value = wordAt(bytes, at);
    if (value === 0 || value > bytes.length) continue;
    return withWord(bytes, at, chance.of([value + 1, value - 1, value * 2, 0, bytes.length, 0xffffffff, 0x40000000]));
  }
  return bytes;
};

const MUTATIONS: readonly Mutation[] = [
  ...[flipBit, flipBit, flipBit, setWord, setWord, changeCount, changeCount],
  ...[truncate, cut, repeat, splice],
];

/** Bytes with one to four changes. */
export function mutated(bytes: Uint8Array, chance: Chance, others: readonly Uint8Array[]): Uint8Array {
  let out = bytes;
  for (let count = 1 + chance.below(4); count > 0 && out.length > 8; count--) {
    out = chance.of(MUTATIONS)(out, chance, others);
  }
  return out;
}

/** Where the checksum stands before the end, by kind. */
const CRC_BEFORE_END = { osdmap: 4, incremental: 8 } as const;

/** The same with the length of the whole and the checksum right, so that what is inside is read. */
export function sealed(bytes: Uint8Array, kind: 'osdmap' | 'incremental'): Uint8Array {
  if (bytes.length < 64) return bytes;
  const out = withWord(bytes, 2, bytes.length - 6);
  const at = out.length - CRC_BEFORE_END[kind];
  const crc = crc32c(crc32c(-1, out, 0, at), out, at + 4, out.length);
  return withWord(out, at, crc);
}

const TOKENS = [
  ...[
    '{',
    '}',
    '[',
    ']',
    '#',
    '\n',
    '\0',
    'item',
    'osd.0',
    'weight 1e99',
    'weight 99999999',
    'id -1',
    'id -2147483648',
  ],
  ...[
    '99999999999999999999',
    '-1',
    'alg tree',
    'alg straw',
    'alg uniform',
    'hash 7',
    'pos 100000',
    'pos 0',
    'rule x {',
  ],
  ...['step emit', 'step take default', 'step set_choose_tries 2147483647', 'step chooseleaf firstn 0 type host'],
  ...['step choosemsr 99 type osd', 'choose_args 0 {', '{ bucket_id -1 weight_set [ [ 1 2 ] ] }', 'type 99999 x'],
  ...['device 1048575 osd.1048575', 'tunable choose_total_tries 4294967295', 'class ssd', 'host host0 {', 'root r {'],
  ...['\xff\xfe', `${'['.repeat(500)}`, `item ${'x'.repeat(3000)}`, `${'{ '.repeat(1000)}`, 'device 2147483647 d'],
];

/** A text with one to four changes: tokens put in or in place of words, lines gone, twice or elsewhere, bytes changed. */
export function mutatedText(text: string, chance: Chance): string {
  let out = text;
  for (let count = 1 + chance.below(4); count > 0 && out.length > 0; count--) out = changedText(out, chance);
  return out;
}

function changedText(text: string, chance: Chance): string {
  const at = chance.below(text.length);
  const lines = text.split('\n');
  const line = chance.below(lines.length);
  switch (chance.below(8)) {
    case 0:
      return `${text.slice(0, at)} ${chance.of(TOKENS)} ${text.slice(at)}`;
    case 1:
      return `${text.slice(0, at)}${text.slice(at).replace(/\S+/, () => chance.of(TOKENS))}`;
    case 2:
      return lines.toSpliced(line, 1).join('\n');
    case 3:
      return lines.toSpliced(chance.below(lines.length), 0, lines[line] ?? '').join('\n');
    case 4:
      return text.slice(0, at);
    case 5:
      return `${text.slice(0, at)}${String.fromCharCode(chance.below(256))}${text.slice(at + 1)}`;
    case 6:
      return text.slice(0, at) + text.slice(at).replace(/\d+/, () => String(chance.of(WORDS)));
    default:
      return text.slice(0, at) + text.slice(at + 1 + chance.below(40));
  }
}
