/** Multiplying and adding whole chunks, four bytes at a time. Words are little-endian, as on every machine Ceph runs on. */

import { galoisField } from './galois.ts';

/** A chunk as words; a copy where it is not aligned or not a whole number of words. */
export function wordsOf(bytes: Uint8Array): Uint32Array {
  if (bytes.byteOffset % 4 === 0 && bytes.length % 4 === 0)
    return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  const copy = new Uint8Array((bytes.length + 3) & ~3);
  copy.set(bytes);
  return new Uint32Array(copy.buffer);
}

/** The first `length_bytes` of the words, as bytes, without copying. */
export function bytesOfWords(words: Uint32Array, length_bytes: number): Uint8Array {
  return new Uint8Array(words.buffer, words.byteOffset, length_bytes);
}

/** Adds a multiple of one chunk's words to another's, from one place to another; undefined for nothing to add. */
export type Adder = (into: Uint32Array, from: Uint32Array, at: number, end: number) => void;

/** Adds factor × a chunk, over elements of `w` bits (8, 16 or 32); `length` words will be added in all. */
export function adderOf(factor: number, w: number, length: number): Adder | undefined {
  if (factor === 0) return undefined;
  if (factor === 1) return addPlain;
  if (w <= 16 && length >= BIG_WORDS) {
    const table = halfTable(factor, w);
    return (into, from, at, end) => addByHalves(into, from, table, at, end);
  }
  const tables = byteTables(factor, w);
  return (into, from, at, end) => addByBytes(into, from, tables, at, end);
}

/** From this length on a table of 65,536 products pays. */
const BIG_WORDS = 32768;

function addPlain(into: Uint32Array, from: Uint32Array, first: number, end: number): void {
  for (let at = first; at < end; at++) into[at] = (into[at] ?? 0) ^ (from[at] ?? 0);
}

function addByHalves(into: Uint32Array, from: Uint32Array, table: Uint16Array, first: number, end: number): void {
  for (let at = first; at < end; at++) {
    const word = from[at] ?? 0;
    into[at] = (into[at] ?? 0) ^ ((table[word & 0xffff] ?? 0) | ((table[word >>> 16] ?? 0) << 16));
  }
}

type ByteTables = readonly [Uint32Array, Uint32Array, Uint32Array, Uint32Array];

function addByBytes(into: Uint32Array, from: Uint32Array, tables: ByteTables, first: number, end: number): void {
  const [a, b, c, d] = tables;
  for (let at = first; at < end; at++) {
    const word = from[at] ?? 0;
    into[at] =
      (into[at] ?? 0) ^
      (a[word & 0xff] ?? 0) ^
      (b[(word >>> 8) & 0xff] ?? 0) ^
      (c[(word >>> 16) & 0xff] ?? 0) ^
      (d[word >>> 24] ?? 0);
  }
}

const MAX_TABLES = 64;
const halfTables = new Map<string, Uint16Array>();
const tablesOfBytes = new Map<string, ByteTables>();

/** Product of the factor and each half word: two elements of 8 bits or one of 16. */
function halfTable(factor: number, w: number): Uint16Array {
  return cached(halfTables, factor, w, () => {
    const [low, high] = byteTables(factor, w);
    const table = new Uint16Array(65536);
    for (let value = 0; value < 65536; value++) table[value] = (low[value & 0xff] ?? 0) ^ (high[value >>> 8] ?? 0);
    return table;
  });
}

function byteTables(factor: number, w: number): ByteTables {
  return cached(tablesOfBytes, factor, w, () => {
    const shifts = bitProducts(factor, w);
    return [byteTable(shifts, 0), byteTable(shifts, 8), byteTable(shifts, 16), byteTable(shifts, 24)];
  });
}

function cached<T>(tables: Map<string, T>, factor: number, w: number, make: () => T): T {
  const key = `${factor}/${w}`;
  let table = tables.get(key);
  if (table === undefined) {
    if (tables.size >= MAX_TABLES) tables.clear();
    table = make();
    tables.set(key, table);
  }
  return table;
}

/** What each single bit of a 32-bit word of elements contributes to the product. */
function bitProducts(factor: number, w: number): Uint32Array {
  const field = galoisField(w);
  const out = new Uint32Array(32);
  for (let bit = 0; bit < 32; bit++) {
    const place = bit - (bit % w);
    out[bit] = field.multiply(factor, 2 ** (bit % w)) << place;
  }
  return out;
}

/** Sums of the bit products of one byte, for each value of that byte. */
function byteTable(products: Uint32Array, firstBit: number): Uint32Array {
  const table = new Uint32Array(256);
  for (let value = 1; value < 256; value++) {
    const lowest = 31 - Math.clz32(value & -value);
    table[value] = (table[value & (value - 1)] ?? 0) ^ (products[firstBit + lowest] ?? 0);
  }
  return table;
}
