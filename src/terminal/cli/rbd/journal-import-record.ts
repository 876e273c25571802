import { bytesOfData } from '../../../engine/base/data.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import type { ByteSource } from './byte-source.ts';

/** What ends an import: the file does not go on as an export of a journal does. */
export class ImportError extends Error {
  override readonly name = 'ImportError';
}

const NEWLINE = 0x0a;
const SPACE = 0x20;
const COMMENT = 0x23;
const MOST_DIGITS = 79;
/** No entry is longer by far: what a journal takes is 16 KiB, in base64. */
const MOST_BYTES = 16 * 1024 * 1024;

/**
 * The next record: its length in digits, a space, and so many bytes. Null at the end. Empty lines and lines that begin
 * with `#` are passed over.
 *
 * @ceph src/tools/rbd/action/Journal.cc JournalImporter::read_entry — exact
 */
export function* nextRecord(source: ByteSource): Task<Uint8Array | null> {
  const first = yield* firstByte(source);
  if (first === null) return null;
  if (!isDigit(first)) throw new ImportError('import data invalid format (digit expected)');
  const length = yield* lengthFrom(source, first);
  if (length === 0) throw new ImportError('import data invalid format (zero entry size)');
  const data = yield* source.read(Math.min(length, MOST_BYTES));
  if (data.length < length) throw new ImportError('error reading from stdin: truncated');
  return bytesOfData(data, 0, data.length);
}

function* firstByte(source: ByteSource): Task<number | null> {
  for (;;) {
    let byte = yield* nextByte(source);
    if (byte === COMMENT) while (byte !== null && byte !== NEWLINE) byte = yield* nextByte(source);
    if (byte !== NEWLINE) return byte;
  }
}

function* lengthFrom(source: ByteSource, first: number): Task<number> {
  const digits = [first];
  while (digits.length < MOST_DIGITS) {
    const byte = yield* nextByte(source);
    if (byte === null) throw new ImportError('error reading import data');
    if (byte === SPACE) break;
    if (!isDigit(byte)) throw new ImportError('import data invalid format (space expected)');
    digits.push(byte);
  }
  return Number(utf8Decode(Uint8Array.from(digits)));
}

function* nextByte(source: ByteSource): Task<number | null> {
  const data = yield* source.read(1);
  return bytesOfData(data, 0, data.length)[0] ?? null;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
