import { type Data, NO_DATA, sliceData } from '../../../engine/base/data.ts';
import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { readInput, writeOutput } from './input.ts';
import { numberOption } from './number-option.ts';
import { opSizeOf } from './op-size.ts';
import { attempt, fail, OBJECT, orFail, type PoolCall, pretty, radosCommand, wordAt } from './rados-command.ts';
import { writeOps } from './writable.ts';

export const get = radosCommand({
  words: 'get',
  summary: 'read an object into a file, or to standard output for -',
  positionals: [OBJECT, { name: 'outfile', type: 'file' }],
  run: function* (call) {
    const [oid, path] = [wordAt(call, 0), wordAt(call, 1)];
    const offset = numberOption(call.args, 'offset', 0);
    const text = `error getting ${call.poolName}/${pretty(oid)}: `;
    // The file is made before the object is looked for, and stays empty where there is none.
    const made = path === '-' ? { ok: true as const } : yield* attempt(writeOutput(call.process, path, NO_DATA));
    if (!made.ok) {
      yield* fail(call, `failed to open file: ${cppStrerror(made.errno)}`);
      return yield* fail(call, text + cppStrerror(made.errno));
    }
    const read = call.io.read(oid, offset);
    return yield* orFail(
      call,
      text,
      (function* (): Task<void> {
        const data = yield* read;
        yield* writeOutput(call.process, path, data);
      })(),
    );
  },
});

export const put = radosCommand({
  words: 'put',
  summary: 'write a file, or standard input for -, as an object',
  positionals: [OBJECT, { name: 'infile', type: 'file' }],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const offset = numberOption(call.args, 'offset', 0);
    const data = yield* inputOf(call);
    if (data === undefined) return 0;
    return yield* orFail(call, `error putting ${call.poolName}/${oid}: `, putData(call, oid, data, offset));
  },
});

/** @ceph src/tools/rados/rados.cc do_put — the first piece replaces the object, unless an offset is given */
function* putData(call: PoolCall, oid: string, data: Data, start: number): Task<void> {
  const size = yield* opSizeOf(call);
  const replaces = !call.args.options.has('offset');
  if (data.length === 0) {
    yield* writeOps(call.io, oid, [{ op: 'write-full', data: NO_DATA }]);
    if (start > 0) yield* writeOps(call.io, oid, [{ op: 'truncate', size: start }]);
    return;
  }
  for (let done = 0; done < data.length; done += size) {
    const piece = sliceData(data, done, Math.min(size, data.length - done));
    const off = start + done;
    yield* writeOps(call.io, oid, [
      off === 0 && replaces ? { op: 'write-full', data: piece } : { op: 'write', off, data: piece },
    ]);
  }
}

export const append = radosCommand({
  words: 'append',
  summary: 'add a file to the end of an object',
  positionals: [OBJECT, { name: 'infile', type: 'file' }],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const data = yield* inputOf(call);
    if (data === undefined) return 0;
    return yield* orFail(
      call,
      `error appending ${call.poolName}/${oid}: `,
      (function* (): Task<void> {
        const size = yield* opSizeOf(call);
        // The last one appends nothing, and makes the object where there is nothing else.
        for (let done = 0, more = true; more; done += size) {
          const piece = sliceData(data, done, Math.max(0, Math.min(size, data.length - done)));
          yield* writeOps(call.io, oid, [{ op: 'append', data: piece }]);
          more = piece.length > 0;
        }
      })(),
    );
  },
});

/** Read of a device without an end: it is written piece by piece, until the object would be larger than objects can be. */
const MORE_THAN_FITS_BYTES = 256 * 1024 ** 2;

/** The local file; undefined where it cannot be read, which has been said then. */
function* inputOf(call: PoolCall): Task<Data | undefined> {
  const path = wordAt(call, 1);
  const input = yield* attempt(readInput(call.process, path, MORE_THAN_FITS_BYTES));
  if (input.ok) return input.value;
  yield* fail(call, `error reading input file ${path}: ${cppStrerror(input.errno)}`);
  return undefined;
}
