import { blake2b } from '@noble/hashes/blake2.js';
import { concatBytes } from '../../../base/bytes.ts';
import type { Task } from '../../../base/task.ts';
import { type WasmMemory, wasmHost } from '../../../base/wasm.ts';
import { blockModule } from './block-module.ts';

export interface Argon2Cost {
  readonly type: 'argon2i' | 'argon2id';
  readonly memory_kib: number;
  /** Passes over the memory. */
  readonly time: number;
  /** Lanes. */
  readonly cpus: number;
  readonly salt: Uint8Array;
}

type Fill = (previous: number, reference: number, next: number) => void;

const BLOCK_BYTES = 1024;
const PAGE_BYTES = 65_536;
/** The first blocks of the memory: to work in, of zeros, what addresses are made of, addresses. */
const [ZERO_AT, INPUT_AT, ADDRESSES_AT, BLOCKS_AT] = [1024, 2048, 3072, 4096] as const;
const ADDRESSES = 128;
const SLICES = 4;
/** So many blocks are filled at a go; then whoever drives may stop it. Each takes about a microsecond. */
const BLOCKS_AT_A_GO = 4096;
const VERSION = 0x13;
const TYPES = { argon2i: 1, argon2id: 2 } as const;

/**
 * Argon2 (RFC 9106), in slices, with its progress. Null where the host has no WebAssembly, or not as much memory.
 */
export function* argon2(
  passphrase: Uint8Array,
  cost: Argon2Cost,
  length: number,
  onProgress: (done: number, total: number) => void,
): Task<Uint8Array | null> {
  const filler = Filler.make(cost);
  if (filler === null) return null;
  filler.begin(firstHash(passphrase, cost, length));
  const total = filler.blocks * cost.time;
  let done = 0;
  for (const blocks of filler.fillAll()) {
    done += blocks;
    onProgress(Math.min(done, total), total);
    yield blocks;
  }
  return longHash(filler.result(), length);
}

/** The memory and what fills it. */
class Filler {
  readonly blocks: number;
  readonly #cost: Argon2Cost;
  readonly #bytes: Uint8Array;
  readonly #words: Uint32Array;
  readonly #fill: Fill;
  readonly #fillOver: Fill;
  /** Blocks of a lane, and of a quarter of one. */
  readonly #lane: number;
  readonly #segment: number;

  static make(cost: Argon2Cost): Filler | null {
    const host = wasmHost();
    if (host === undefined) return null;
    const blocks = SLICES * cost.cpus * Math.floor(cost.memory_kib / (SLICES * cost.cpus));
    try {
      const memory = new host.Memory({ initial: Math.ceil((BLOCKS_AT + blocks * BLOCK_BYTES) / PAGE_BYTES) });
      const { exports } = new host.Instance(new host.Module(blockModule()), { env: { memory } });
      // The module is made beside this, and exports these two.
      return new Filler(cost, blocks, memory, exports as { readonly fill: Fill; readonly fillOver: Fill });
    } catch {
      // A page whose policy forbids WebAssembly, or a machine without so much memory: the caller has another way.
      return null;
    }
  }

  constructor(
    cost: Argon2Cost,
    blocks: number,
    memory: WasmMemory,
    { fill, fillOver }: Record<'fill' | 'fillOver', Fill>,
  ) {
    this.#cost = cost;
    this.blocks = blocks;
    this.#bytes = new Uint8Array(memory.buffer);
    this.#words = new Uint32Array(memory.buffer);
    this.#fill = fill;
    this.#fillOver = fillOver;
    this.#lane = blocks / cost.cpus;
    this.#segment = this.#lane / SLICES;
  }

  /** The first two blocks of each lane. */
  begin(first: Uint8Array): void {
    for (let lane = 0; lane < this.#cost.cpus; lane++)
      for (let at = 0; at < 2; at++)
        this.#bytes.set(longHash(concatBytes([first, little(at), little(lane)]), BLOCK_BYTES), this.#place(lane, at));
  }

  /** Fills the memory as often as it is to be; tells how many blocks each step has filled. */
  *fillAll(): Generator<number, void> {
    let filled = 0;
    for (let pass = 0; pass < this.#cost.time; pass++)
      for (let slice = 0; slice < SLICES; slice++)
        for (let lane = 0; lane < this.#cost.cpus; lane++)
          for (let at = pass === 0 && slice === 0 ? 2 : 0; at < this.#segment; at++) {
            this.#fillOne(pass, slice, lane, at);
            if (++filled % BLOCKS_AT_A_GO === 0) yield BLOCKS_AT_A_GO;
          }
    yield filled % BLOCKS_AT_A_GO;
  }

  /** The last blocks of all lanes together. */
  result(): Uint8Array {
    const out = new Uint8Array(BLOCK_BYTES);
    for (let lane = 0; lane < this.#cost.cpus; lane++) {
      const from = this.#place(lane, this.#lane - 1);
      for (let at = 0; at < BLOCK_BYTES; at++) out[at] = (out[at] ?? 0) ^ (this.#bytes[from + at] ?? 0);
    }
    return out;
  }

  #place(lane: number, at: number): number {
    return BLOCKS_AT + (lane * this.#lane + at) * BLOCK_BYTES;
  }

  #fillOne(pass: number, slice: number, lane: number, at: number): void {
    const column = slice * this.#segment + at;
    const previous = this.#place(lane, (column + this.#lane - 1) % this.#lane);
    const isFixed = this.#cost.type === 'argon2i' || (pass === 0 && slice < 2);
    if (isFixed && (at % ADDRESSES === 0 || (pass === 0 && slice === 0 && at === 2)))
      this.#makeAddresses(pass, slice, lane, Math.floor(at / ADDRESSES) + 1);
    const chance = isFixed ? ADDRESSES_AT + (at % ADDRESSES) * 8 : previous;
    const reference = this.#referenceOf(pass, slice, lane, at, chance / 4);
    (pass === 0 ? this.#fill : this.#fillOver)(previous, reference, this.#place(lane, column));
  }

  /** Where the first passes look does not hang on the passphrase. */
  #makeAddresses(pass: number, slice: number, lane: number, count: number): void {
    const input = [pass, lane, slice, this.blocks, this.#cost.time, TYPES[this.#cost.type], count];
    for (const [at, value] of input.entries()) this.#words[INPUT_AT / 4 + 2 * at] = value;
    this.#fill(ZERO_AT, INPUT_AT, ADDRESSES_AT);
    this.#fill(ZERO_AT, ADDRESSES_AT, ADDRESSES_AT);
  }

  /** Which block of before is mixed in, by 64 bits of chance. */
  #referenceOf(pass: number, slice: number, lane: number, at: number, chance: number): number {
    const [low, high] = [this.#words[chance] ?? 0, this.#words[chance + 1] ?? 0];
    const other = pass === 0 && slice === 0 ? lane : high % this.#cost.cpus;
    const whole = pass === 0 ? slice * this.#segment : this.#lane - this.#segment;
    const area = whole + (other === lane ? at - 1 : at === 0 ? -1 : 0);
    const back = highHalf(area, highHalf(low, low));
    const start = pass === 0 || slice === SLICES - 1 ? 0 : (slice + 1) * this.#segment;
    return this.#place(other, (start + area - 1 - back) % this.#lane);
  }
}

/** The upper 32 bits of a product. */
function highHalf(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = aHigh * bLow + Math.floor((aLow * bLow) / 65_536);
  return aHigh * bHigh + Math.floor((middle + aLow * bHigh) / 65_536);
}

function firstHash(passphrase: Uint8Array, cost: Argon2Cost, length: number): Uint8Array {
  const { cpus, memory_kib, time, type, salt } = cost;
  const numbers = [cpus, length, memory_kib, time, VERSION, TYPES[type]].map(little);
  const texts = [passphrase, salt].flatMap((bytes) => [little(bytes.length), bytes]);
  return blake2b(concatBytes([...numbers, ...texts, little(0), little(0)]), { dkLen: 64 });
}

/** A hash of any length: halves of hashes, one made of the other. */
function longHash(bytes: Uint8Array, length: number): Uint8Array {
  const all = concatBytes([little(length), bytes]);
  if (length <= 64) return blake2b(all, { dkLen: length });
  const out = new Uint8Array(length);
  let last = blake2b(all, { dkLen: 64 });
  let at = 0;
  for (; length - at > 64; at += 32) {
    out.set(last.subarray(0, 32), at);
    last = blake2b(last, { dkLen: Math.min(64, length - at - 32) });
  }
  out.set(last, at);
  return out;
}

function little(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}
