import { bytesData, bytesOfData, concatData, type Data } from '../../../engine/base/data.ts';
import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';
import type { Process } from '../../process.ts';
import { attempt, fail, optionOf, type RadosCall, wordAt } from './rados-command.ts';

const READ_BYTES = 4 * 1024 ** 2;

/**
 * All of a local file, or of standard input for `-`. Throws the CephError of a file that cannot be read.
 *
 * @param endlessBytes what is read of a device without an end, such as `/dev/zero`: mostly nothing, as its size is 0
 */
export function* readInput(process: Process, path: string, endlessBytes = 0): Task<Data> {
  if (path === '-') return yield* readStdin(process);
  const file = process.files.open(path, 'read');
  try {
    return yield* file.readAt(0, Number.isFinite(file.size()) ? file.size() : endlessBytes);
  } finally {
    yield* file.close();
  }
}

export function* readStdin(process: Process): Task<Data> {
  const parts: Data[] = [];
  for (;;) {
    const bytes = yield* process.stdin.read(READ_BYTES);
    if (bytes === null) return concatData(parts);
    parts.push(bytesData(bytes));
  }
}

/** Writes to a local file, which it makes or empties, or to standard output for `-`. */
export function* writeOutput(process: Process, path: string, data: Data): Task<void> {
  if (path === '-') {
    for (let off = 0; off < data.length; off += READ_BYTES)
      yield* process.stdout.write(bytesOfData(data, off, Math.min(READ_BYTES, data.length - off)));
    return;
  }
  const file = process.files.open(path, 'write');
  yield* file.writeAt(0, data);
  yield* file.close();
}

/** A value: the word at that place, or standard input. */
export function* readValue(call: RadosCall, at: number): Task<Uint8Array> {
  if (call.args.positionals.length > at) return utf8Encode(wordAt(call, at));
  return bytesOfData(yield* readStdin(call.process));
}

/** The same, unless `--input-file` names a file to take it from; undefined where that cannot be read, which is said. */
export function* readValueOrFile(call: RadosCall, at: number): Task<Uint8Array | undefined> {
  const path = optionOf(call.args, 'input-file');
  if (path === undefined) return yield* readValue(call, at);
  const read = yield* attempt(readInput(call.process, path));
  if (read.ok) return bytesOfData(read.value);
  yield* fail(call, `error reading file ${path}: can't open ${path}: ${cppStrerror(read.errno)}`);
  return undefined;
}
