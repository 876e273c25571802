import { type WasmMemory, wasmHost } from '../base/wasm.ts';
import type { CompiledMap } from './compiled.ts';
import { lnTable } from './ln.ts';
import { type CoreBatch, type MapCore, provideCore, providedCore } from './map-core.ts';
import { SIMD_CORE } from './simd-core-bytes.ts';
import { maxStraws, maxStrawsOfBatch, refuseEndlessMapping } from './work-limit.ts';

const PAGE_BYTES = 0x10000;
/** Where the words stand that the module reads first; what each means stands in simd-core.as. */
const HEAD = 0x80000;
const HEAD_BYTES = 96;
/** Where the core sums up its straws, as a double. */
const ALL_STRAWS = HEAD + 88;
const WORD = { deviceWeights: 7, steps: 9, touched: 17, straws: 20 } as const;
/** How many inputs are mapped in one call. */
const CHUNK = 1024;

/** What the module exports. */
interface CoreExports {
  mapInputs(count: number, size: number): void;
}

/**
 * The WebAssembly core with its memory. It keeps the map and the weights that it was last given, so that the next batch
 * need not bring them again.
 */
class SimdCore implements MapCore {
  readonly #memory: WasmMemory;
  readonly #exports: CoreExports;
  #flat: CompiledMap | undefined;
  #weights: Uint32Array | undefined;
  /** Where the memory is free: after the map, and after the weights. */
  #mapEnd = 0;
  #weightsEnd = 0;

  constructor(memory: WasmMemory, exports: CoreExports) {
    this.#memory = memory;
    this.#exports = exports;
    this.#reserve(HEAD + HEAD_BYTES);
    new Float64Array(memory.buffer).set(lnTable());
  }

  run(batch: CoreBatch): Int32Array | undefined {
    this.#load(batch);
    const touched: number[] = [];
    let isComplete = true;
    let straws = 0;
    for (let from = 0; from < batch.inputs.length; from += CHUNK) {
      if (!this.#runChunk(batch, from, touched)) isComplete = false;
      straws += new Float64Array(this.#memory.buffer)[ALL_STRAWS / 8] ?? 0;
      if (straws > maxStrawsOfBatch(batch.inputs.length, batch.flat.largest)) refuseEndlessMapping();
    }
    return isComplete ? Int32Array.from(touched) : undefined;
  }

  #load({ flat, weights }: CoreBatch): void {
    if (flat !== this.#flat) {
      this.#weights = undefined;
      this.#loadMap(flat);
      this.#flat = flat;
    }
    if (weights === this.#weights) return;
    this.#weightsEnd = this.#mapEnd + weights.byteLength;
    this.#reserve(this.#weightsEnd);
    new Uint32Array(this.#memory.buffer).set(weights, this.#mapEnd / 4);
    this.#setHead(WORD.deviceWeights, [this.#mapEnd, weights.length]);
    this.#weights = weights;
  }

  #loadMap(flat: CompiledMap): void {
    const { type, size, items, ids, weights } = flat;
    const positionBytes = 8 * items.length;
    const weightsAt = HEAD + HEAD_BYTES;
    const idsAt = weightsAt + weights.length * positionBytes;
    const itemsAt = idsAt + items.byteLength;
    const bucketsAt = itemsAt + items.byteLength;
    const hashes = bucketsAt + 16 * type.length;
    this.#mapEnd = hashes + 4 * size.reduce((most, each) => Math.max(most, each + 4), 4);
    this.#reserve(this.#mapEnd);
    const words = new Int32Array(this.#memory.buffer);
    const doubles = new Float64Array(this.#memory.buffer);
    weights.forEach((list, position) => {
      doubles.set(list, (weightsAt + position * positionBytes) / 8);
    });
    words.set(ids, idsAt / 4);
    words.set(items, itemsAt / 4);
    words.set(bucketRecords(flat), bucketsAt / 4);
    this.#setHead(0, [bucketsAt, itemsAt, idsAt, weightsAt, weights.length, positionBytes, hashes]);
  }

  /** Maps the inputs from `from` on, as many as one call does. False where not all touches could be noted. */
  #runChunk(batch: CoreBatch, from: number, touched: number[]): boolean {
    const { plan, size, items, lengths } = batch;
    const inputs = batch.inputs.subarray(from, from + CHUNK);
    const steps = this.#weightsEnd;
    const lists = steps + plan.byteLength;
    const listBytes = 4 * (size + 1);
    const inputsAt = lists + 3 * listBytes;
    const lengthsAt = inputsAt + inputs.byteLength;
    const results = lengthsAt + inputs.byteLength;
    const touchedAt = results + size * inputs.byteLength;
    const touchedEnd = touchedAt + 8 * inputs.length * (4 * size + 16);
    this.#reserve(touchedEnd);
    const words = new Int32Array(this.#memory.buffer);
    words.set(plan, steps / 4);
    words.set(inputs, inputsAt / 4);
    words.fill(0, results / 4, touchedAt / 4);
    const limit = maxStraws(batch.flat.largest);
    const tellsAll = batch.tellsAll ? 1 : 0;
    const places = [steps, lists, lists, listBytes, inputsAt, results, lengthsAt, limit, touchedAt, touchedEnd];
    this.#setHead(WORD.steps, [...places, tellsAll, 0, 0, 0, 0]);
    this.#call(inputs.length, size, limit);
    lengths.set(words.subarray(lengthsAt / 4, results / 4), from);
    items.set(words.subarray(results / 4, touchedAt / 4), from * size);
    const end = this.#word(WORD.touched);
    for (let at = touchedAt / 4; at < end / 4; at += 2) touched.push((words[at] ?? 0) + from, words[at + 1] ?? 0);
    return end < touchedEnd;
  }

  #call(count: number, size: number, limit: number): void {
    try {
      this.#exports.mapInputs(count, size);
    } catch (error) {
      if (this.#word(WORD.straws) > limit) refuseEndlessMapping();
      throw error;
    }
  }

  #setHead(from: number, values: readonly number[]): void {
    new Int32Array(this.#memory.buffer).set(values, HEAD / 4 + from);
  }

  #word(at: number): number {
    return new Int32Array(this.#memory.buffer)[HEAD / 4 + at] ?? 0;
  }

  #reserve(bytes: number): void {
    const missing = bytes - this.#memory.buffer.byteLength;
    if (missing > 0) this.#memory.grow(Math.ceil(missing / PAGE_BYTES));
  }
}

/** Four words for each bucket index: type, first place, size, and bit n where all weights of position n are alike. */
function bucketRecords({ type, start, size, weights }: CompiledMap): Int32Array {
  const records = new Int32Array(4 * type.length);
  for (let index = 0; index < type.length; index++) {
    const [from, count] = [start[index] ?? 0, size[index] ?? 0];
    let alike = 0;
    for (const [position, list] of weights.entries()) if (areAlike(list, from, count)) alike |= 1 << position;
    records.set([type[index] ?? 0, from, count, alike], 4 * index);
  }
  return records;
}

/** True where all weights of a bucket are the same, and not 0. */
function areAlike(weights: Float64Array, from: number, count: number): boolean {
  const first = weights[from] ?? 0;
  for (let i = 1; i < count; i++) if (weights[from + i] !== first) return false;
  return first > 0;
}

let isTried = false;

/** Provides the SIMD core, once, where the host has WebAssembly with SIMD and lets us use it; else nothing happens. */
export function installSimdCore(): void {
  if (!isTried && providedCore() === undefined) provideCore(makeCore());
  isTried = true;
}

/** The core; undefined where the host cannot have it. */
export function makeCore(): MapCore | undefined {
  const host = wasmHost();
  if (host === undefined) return undefined;
  try {
    const bytes = Uint8Array.from(SIMD_CORE.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
    const memory = new host.Memory({ initial: 1 });
    const { exports } = new host.Instance(new host.Module(bytes), { env: { memory } });
    // The module is made from simd-core.as, which exports this; a test makes it again and compares.
    return new SimdCore(memory, exports as CoreExports);
  } catch {
    // An old engine that does not know SIMD, or a page whose policy forbids WebAssembly: the reference serves.
    return undefined;
  }
}
