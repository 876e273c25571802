import type { RecordStore } from '../../engine/base/records.ts';
import { tableName } from '../../engine/base/records.ts';
import { crc32 } from '../../share/crc32.ts';
import { type BlobNumber, Packer } from './packer.ts';
import { type BlobBytes, UnpackError, Unpacker } from './unpacker.ts';

const ROWS_PER_CHUNK = 1000;
/** Marks the end of the last chunk, so that a missing one is seen. */
const END = '';

type Row = readonly [table: string, key: string, value: unknown];

/** Everything that `records` hold now. Values never change, so this stays the state of this moment. */
export function rowsOf(records: RecordStore): Row[] {
  const rows: Row[] = [];
  for (const name of records.tableNames()) {
    for (const [key, value] of records.table(tableName<unknown>(name)).entries()) rows.push([name, key, value]);
  }
  return rows;
}

/** Rows as chunks of about 1,000 each, one packer through all of them, so that what is shared stays so. */
export function* packCheckpoint(rows: readonly Row[], blobs: BlobNumber): Generator<Uint8Array, void, void> {
  const packer = new Packer(blobs, 1 << 16);
  for (const [index, [table, key, value]] of rows.entries()) {
    packer.value(table);
    packer.entry(key, value);
    if ((index + 1) % ROWS_PER_CHUNK === 0) yield sealed(packer.take());
  }
  packer.value(END);
  yield sealed(packer.take());
}

/** Gives each row of a checkpoint to `put`. Throws {@link UnpackError} where a chunk is damaged or missing. */
export function unpackCheckpoint(
  chunks: readonly Uint8Array[],
  blobs: BlobBytes,
  put: (table: string, key: string, value: unknown) => void,
): void {
  const unpacker = new Unpacker(blobs);
  for (const chunk of chunks) {
    unpacker.feed(opened(chunk));
    while (!unpacker.done) {
      const table = unpacker.value();
      if (table === END) return;
      if (typeof table !== 'string') throw new UnpackError('row expected');
      const { key, value } = unpacker.entry();
      put(table, key, value);
    }
  }
  throw new UnpackError('checkpoint without its end');
}

function sealed(body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(4 + body.length);
  new DataView(bytes.buffer).setUint32(0, crc32(body), true);
  bytes.set(body, 4);
  return bytes;
}

function opened(chunk: Uint8Array): Uint8Array {
  if (chunk.length < 4) throw new UnpackError('chunk cut off');
  const body = chunk.subarray(4);
  const crc = new DataView(chunk.buffer, chunk.byteOffset).getUint32(0, true);
  if (crc !== crc32(body)) throw new UnpackError('checksum of a chunk does not match');
  return body;
}
