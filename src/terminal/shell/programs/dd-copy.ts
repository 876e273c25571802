import {
  bytesData,
  bytesOfData,
  concatData,
  type Data,
  fillData,
  isZeroData,
  NO_DATA,
  sliceData,
} from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OpenFile } from '../../process.ts';
import type { DdOperands } from './dd-operands.ts';

export interface DdCounts {
  fullIn: number;
  partIn: number;
  fullOut: number;
  partOut: number;
  bytes: number;
}

/** Virtual time: of a pair of system calls, and of memory copied between plain files. */
const CALL_US = 2;
const BYTES_PER_US = 2500;
/** Many small blocks are copied in one go where nothing can tell the difference; their time still passes. */
const BATCH_BYTES = 4 * 1024 * 1024;

/** A side that failed, with the reason: told in dd's words, exit code 1. */
export class DdFailure extends Error {
  override readonly name = 'DdFailure';
}

export interface DdCopy {
  readonly operands: DdOperands;
  readonly input: OpenFile;
  readonly output: OpenFile;
  readonly counts: DdCounts;
  progress(): Task<void>;
}

/** Copies block by block until the count or the end. Throws {@link DdFailure}. */
export function* copyBlocks({ operands, input, output, counts, progress }: DdCopy): Task<void> {
  const writer = new BlockWriter(operands, output, counts);
  const source = `error reading '${operands.input ?? 'standard input'}'`;
  const target = `error writing '${operands.output ?? 'standard output'}'`;
  let off = yield* skipped(operands, input);
  for (let left = bytesToRead(operands); left > 0; ) {
    const block = batchSize(operands, input, output, left);
    const data = yield* named(source, readBlock(input, off, block, operands.fullblock));
    if (data.length === 0) break;
    off += data.length;
    left -= data.length + shortBy(operands, block, data.length);
    countIn(counts, data.length, operands.inBlock);
    yield CALL_US * Math.ceil(data.length / operands.inBlock) + Math.round(data.length / BYTES_PER_US);
    yield* named(target, writer.write(converted(data, operands)));
    yield* progress();
  }
  yield* named(target, writer.finish());
}

/** Names the side of a failure. */
function* named<T>(what: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (!(error instanceof CephError) || error.is('EPIPE')) throw error;
    throw new DdFailure(`${what}: ${strerror(error.errno)}`);
  }
}

/** A short block counts as one, where blocks are counted. */
function shortBy({ countIsBytes, inBlock }: DdOperands, asked: number, got: number): number {
  return got < asked && !countIsBytes && asked <= inBlock ? inBlock - got : 0;
}

function bytesToRead({ count, countIsBytes, inBlock }: DdOperands): number {
  if (count === null) return Number.POSITIVE_INFINITY;
  return countIsBytes ? count : count * inBlock;
}

/** What is asked for at a time: one block; of small ones between plain files, as many as make a batch. */
function batchSize(
  { inBlock, outBlock, sparse, sync }: DdOperands,
  input: OpenFile,
  output: OpenFile,
  left: number,
): number {
  const plain = input.kind !== 'block' && input.size() > 0 && output.kind === 'file' && inBlock === outBlock;
  const blocks = plain && !sparse && !sync ? Math.max(1, Math.floor(BATCH_BYTES / inBlock)) : 1;
  return Math.min(blocks * inBlock, left);
}

/** Moves to where the input begins: a stream is read and dropped. */
function* skipped({ skipBytes }: DdOperands, input: OpenFile): Task<number> {
  if (input.kind !== 'character' || input.size() > 0) return skipBytes;
  for (let left = skipBytes; left > 0; ) {
    const data = yield* input.readAt(0, Math.min(left, 65_536));
    if (data.length === 0) return skipBytes;
    left -= data.length;
  }
  return skipBytes;
}

function* readBlock(input: OpenFile, off: number, length: number, full: boolean): Task<Data> {
  let data = yield* input.readAt(off, length);
  while (full && data.length > 0 && data.length < length) {
    const more = yield* input.readAt(off + data.length, length - data.length);
    if (more.length === 0) break;
    data = concatData([data, more]);
  }
  return data;
}

function countIn(counts: DdCounts, length: number, block: number): void {
  counts.fullIn += Math.floor(length / block);
  if (length % block > 0) counts.partIn++;
}

function converted(data: Data, { sync, inBlock, change }: DdOperands): Data {
  const short = data.length % inBlock;
  const padded = sync && short > 0 ? concatData([data, fillData(inBlock - short)]) : data;
  if (change === null) return padded;
  const bytes = bytesOfData(padded).slice();
  const [low, high, shift] = change === 'ucase' ? [97, 122, -32] : [65, 90, 32];
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte >= low && byte <= high) bytes[i] = byte + shift;
  }
  return bytesData(bytes);
}

/** Writes output blocks: as they come where input and output blocks are one, else gathered to whole ones. */
class BlockWriter {
  readonly #operands: DdOperands;
  readonly #output: OpenFile;
  readonly #counts: DdCounts;
  #held: Data = NO_DATA;
  #off: number;

  constructor(operands: DdOperands, output: OpenFile, counts: DdCounts) {
    this.#operands = operands;
    this.#output = output;
    this.#counts = counts;
    this.#off = operands.seekBytes;
  }

  *write(data: Data): Task<void> {
    const { outBlock, sameBlock } = this.#operands;
    if (sameBlock) return yield* this.#put(data);
    this.#held = this.#held.length === 0 ? data : concatData([this.#held, data]);
    const whole = this.#held.length - (this.#held.length % outBlock);
    if (whole === 0) return;
    const ready = sliceData(this.#held, 0, whole);
    this.#held = sliceData(this.#held, whole, this.#held.length - whole);
    for (let at = 0; at < whole; at += Math.max(outBlock, BATCH_BYTES - (BATCH_BYTES % outBlock))) {
      const length = Math.min(Math.max(outBlock, BATCH_BYTES - (BATCH_BYTES % outBlock)), whole - at);
      yield* this.#put(sliceData(ready, at, length));
    }
  }

  *finish(): Task<void> {
    if (this.#held.length > 0) yield* this.#put(this.#held);
    // A hole at the end of a sparse copy still makes the file that long.
    if (this.#operands.sparse && this.#output.kind === 'file' && this.#output.size() < this.#off) {
      yield* this.#output.truncate(this.#off);
    }
  }

  *#put(data: Data): Task<void> {
    const { outBlock, sparse } = this.#operands;
    if (!(sparse && this.#output.kind === 'file' && isZeroData(data))) yield* this.#output.writeAt(this.#off, data);
    this.#off += data.length;
    this.#counts.bytes += data.length;
    this.#counts.fullOut += Math.floor(data.length / outBlock);
    if (data.length % outBlock > 0) this.#counts.partOut++;
  }
}
