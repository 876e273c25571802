import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, strerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { type ByteString, byteStringOf, bytesOfByteString } from '../../../engine/base/utf8.ts';
import type { InputStream, OpenFile, OutputStream, Process } from '../../process.ts';

/** How much is read at a time. */
export const CHUNK_BYTES = 65_536;
const LONGEST_LINE = 1 << 24;

/** An operand as a stream; a file's is passed over without being read. */
export interface Input extends InputStream {
  /** Goes on by `length` bytes, or to the end; answers by how many. */
  skip?(length: number): number;
}

/** A file read as a stream. Its size is asked for at each read, since it may grow meanwhile. */
export function fileStream(file: OpenFile): Input {
  let at = 0;
  return {
    isTty: false,
    *read(max) {
      const data = yield* file.readAt(at, max);
      at += data.length;
      return data.length === 0 ? null : bytesOfData(data);
    },
    skip(length) {
      const passed = Math.max(0, Math.min(length, file.size() - at));
      at += passed;
      return passed;
    },
  };
}

/** Opens an operand, `-` being standard input. Throws ENOENT, EISDIR and the like. */
export function openInput(process: Process, operand: string): Input {
  if (operand === '-') return process.stdin;
  const file = process.files.open(operand, 'read');
  if (file.kind === 'directory') throw new CephError('EISDIR', operand);
  return fileStream(file);
}

/** How a program tells what it could not open or read, and the exit code that this makes. */
export interface InputFailure {
  readonly exit?: number;
  text?(name: string, reason: string, error: CephError): string;
}

/** As `head` and `tail` tell it. */
export const HEAD_FAILURE: InputFailure = {
  text: (name, reason, error) =>
    error.is('EISDIR') ? `error reading '${name}': ${reason}` : `cannot open '${name}' for reading: ${reason}`,
};

/** A failure to open or read an operand, kept apart from a failure to write. */
class InputError extends Error {
  override readonly name = 'InputError';
  readonly error: CephError;

  constructor(error: CephError) {
    super(error.message);
    this.error = error;
  }
}

/**
 * Runs `body` for each operand (standard input where there is none). What cannot be opened or read is told as
 * `name: operand: reason`, or as `failure` says, and makes the exit code; what cannot be written ends it.
 */
export function* forEachInput(
  process: Process,
  operands: readonly string[],
  body: (stream: Input, name: string) => Task<void>,
  { exit = 1, text = (name, reason) => `${name}: ${reason}` }: InputFailure = {},
): Task<number> {
  const [program] = process.argv;
  let code = 0;
  for (const name of operands.length === 0 ? ['-'] : operands) {
    try {
      yield* body(watched(process, name), name);
    } catch (error) {
      if (error instanceof InputError) {
        yield* process.stderr.write(`${program}: ${text(name, strerror(error.error.errno), error.error)}\n`);
        code = exit;
      } else if (error instanceof CephError && !error.is('EPIPE')) {
        yield* process.stderr.write(`${program}: write error: ${strerror(error.errno)}\n`);
        return exit;
      } else throw error;
    }
  }
  return code;
}

/** The operand's stream, its failures as {@link InputError}. */
function watched(process: Process, name: string): Input {
  let stream: Input;
  try {
    stream = openInput(process, name);
  } catch (error) {
    throw inputError(error);
  }
  return {
    isTty: stream.isTty,
    *read(max) {
      try {
        return yield* stream.read(max);
      } catch (error) {
        throw inputError(error);
      }
    },
    skip: (length) => stream.skip?.(length) ?? 0,
  };
}

function inputError(error: unknown): unknown {
  return error instanceof CephError ? new InputError(error) : error;
}

/** Reads a stream line by line. Lines are bytes, kept as {@link ByteString}; ENOMEM for one beyond 16 MiB. */
export class LineReader {
  readonly #stream: InputStream;
  /** The last piece read, and where in it the next line begins. */
  #text = '';
  #at = 0;
  /** The line's beginning, from pieces before that one. */
  #before: string[] = [];
  #beforeLength = 0;
  /** False after a last line without newline. */
  terminated = true;
  /** True once a byte 0 was read: then grep does not print lines. */
  binary = false;

  constructor(stream: InputStream) {
    this.#stream = stream;
  }

  /** The next line without its newline; null at the end. */
  *next(): Task<ByteString | null> {
    for (;;) {
      const end = this.#text.indexOf('\n', this.#at);
      if (end >= 0) return this.#cut(end, end + 1);
      this.#keep();
      const chunk = yield* this.#stream.read(CHUNK_BYTES);
      if (chunk === null) break;
      this.#text = byteStringOf(chunk);
      this.#at = 0;
      this.binary ||= chunk.includes(0);
    }
    if (this.#beforeLength === 0) return null;
    this.terminated = false;
    return this.#cut(this.#text.length, this.#text.length);
  }

  /** Puts the rest of the piece by: the line goes on in the next one. */
  #keep(): void {
    if (this.#at < this.#text.length) this.#before.push(this.#text.slice(this.#at));
    this.#beforeLength += this.#text.length - this.#at;
    this.#at = this.#text.length;
    if (this.#beforeLength > LONGEST_LINE) throw new CephError('ENOMEM');
  }

  #cut(end: number, next: number): ByteString {
    const line = this.#before.join('') + this.#text.slice(this.#at, end);
    this.#at = next;
    this.#before = [];
    this.#beforeLength = 0;
    // Parts of byte strings make one.
    return line as ByteString;
  }
}

/** All lines of the operands, one after the other. Bounded: ENOMEM beyond 256 MiB. */
export function* readAllLines(
  process: Process,
  operands: readonly string[],
  failure: InputFailure = {},
): Task<{ lines: ByteString[]; code: number }> {
  const lines: ByteString[] = [];
  let bytes = 0;
  const readLines = function* (stream: InputStream): Task<void> {
    const reader = new LineReader(stream);
    for (let line = yield* reader.next(); line !== null; line = yield* reader.next()) {
      bytes += line.length + 1;
      if (bytes > 256 * 1024 * 1024) throw new CephError('ENOMEM');
      lines.push(line);
    }
  };
  const code = yield* forEachInput(process, operands, readLines, failure);
  return { lines, code };
}

/** Writes text whose characters are bytes. */
export function* writeBytes(stream: OutputStream, text: string): Task<void> {
  // Callers make `text` of byte strings and ASCII alone.
  if (text !== '') yield* stream.write(bytesOfByteString(text as ByteString));
}

/** Collects output and passes it on in chunks, so that a million short lines are not a million writes. */
export class BufferedOutput {
  readonly #stream: OutputStream;
  #text = '';

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  *write(text: string): Task<void> {
    this.#text += text;
    if (this.#text.length >= CHUNK_BYTES) yield* this.flush();
  }

  *flush(): Task<void> {
    const text = this.#text;
    this.#text = '';
    yield* writeBytes(this.#stream, text);
  }
}
