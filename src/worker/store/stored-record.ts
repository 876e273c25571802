import type { Change, Diff } from '../../engine/base/records.ts';
import type { OutputChunk, TimelineEntry } from '../../protocol/view.ts';
import { crc32 } from '../../share/crc32.ts';
import { type BlobNumber, Packer } from './packer.ts';
import { type BlobBytes, UnpackError, Unpacker } from './unpacker.ts';

/** What the log keeps of a command beside its diff. */
export interface RecordHead {
  readonly entry: TimelineEntry;
  readonly output: readonly OutputChunk[];
  /** True where it brought a file of the user's in, which a link cannot carry. */
  readonly userFile: boolean;
}

/** A change as stored: only where it leads to. Where it came from is what the records before it say. */
export interface ForwardChange {
  readonly table: string;
  readonly key: string;
  /** `undefined` where the record goes away. */
  readonly to: unknown;
}

/**
 * Layout: 4 bytes magic and format, 4 bytes CRC-32 of all that follows, 4 bytes length of the head, the packed
 * head, the packed diff. The head is packed on its own, so that the timeline is read without any diff.
 */
const MAGIC = 0x31474c52; // "RLG1"
const PREFIX_BYTES = 12;

/** One command as one binary record. */
export function packRecord(head: RecordHead, diff: Diff, blobs: BlobNumber): Uint8Array {
  const headPacker = new Packer(blobs);
  headPacker.value(head);
  const diffPacker = new Packer(blobs, 64 + diff.length * 80);
  packDiff(diffPacker, diff);
  return join(headPacker.take(), diffPacker.take());
}

function join(head: Uint8Array, diff: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(PREFIX_BYTES + head.length + diff.length);
  const view = new DataView(bytes.buffer);
  bytes.set(head, PREFIX_BYTES);
  bytes.set(diff, PREFIX_BYTES + head.length);
  view.setUint32(0, MAGIC, true);
  view.setUint32(8, head.length, true);
  view.setUint32(4, crc32(bytes.subarray(8)), true);
  return bytes;
}

/** Changes in runs of one table: its name, how many, then key and value of each. */
function packDiff(packer: Packer, diff: Diff): void {
  for (let from = 0; from < diff.length; ) {
    const table = diff[from]?.table ?? '';
    let end = from;
    while (diff[end]?.table === table) end++;
    packer.value(table);
    packer.value(end - from);
    for (const { key, to } of diff.slice(from, end)) packer.entry(key, to);
    from = end;
  }
}

/** The head of a record; throws {@link UnpackError} where the record is damaged. */
export function unpackHead(bytes: Uint8Array): RecordHead {
  const unpacker = new Unpacker(() => undefined);
  unpacker.feed(bytes.subarray(PREFIX_BYTES, diffStart(bytes)));
  const head = unpacker.value();
  if (!isHead(head)) throw new UnpackError('head of another shape');
  return head;
}

/** Offset of the diff, after the checks that hold for the whole record. */
function diffStart(bytes: Uint8Array): number {
  if (bytes.length < PREFIX_BYTES) throw new UnpackError('record cut off');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) throw new UnpackError('no record of this format');
  if (view.getUint32(4, true) !== crc32(bytes.subarray(8))) throw new UnpackError('checksum does not match');
  const start = PREFIX_BYTES + view.getUint32(8, true);
  if (start > bytes.length) throw new UnpackError('head cut off');
  return start;
}

function isHead(value: unknown): value is RecordHead {
  if (typeof value !== 'object' || value === null) return false;
  const head = value as Partial<RecordHead>;
  return typeof head.entry === 'object' && typeof head.entry?.seq === 'number' && Array.isArray(head.output);
}

/** The changes of a record whose head was read before. */
export function unpackChanges(bytes: Uint8Array, blobs: BlobBytes): readonly ForwardChange[] {
  const headLength = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  const unpacker = new Unpacker(blobs);
  unpacker.feed(bytes.subarray(PREFIX_BYTES + headLength));
  const changes: ForwardChange[] = [];
  while (!unpacker.done) unpackRun(unpacker, changes);
  return changes;
}

function unpackRun(unpacker: Unpacker, out: ForwardChange[]): void {
  const table = unpacker.value();
  const count = unpacker.value();
  if (typeof table !== 'string' || typeof count !== 'number') throw new UnpackError('table expected');
  for (let i = 0; i < count; i++) {
    const { key, value } = unpacker.entry();
    out.push({ table, key, to: value });
  }
}

/** Completes forward changes to a diff, given the value that each record has before them. */
export function completeDiff(
  changes: readonly ForwardChange[],
  before: (table: string, key: string) => unknown,
): readonly Change[] {
  return changes.map(({ table, key, to }) => ({ table, key, from: before(table, key), to }));
}
