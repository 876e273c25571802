import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import {
  attempt,
  fail,
  OBJECT,
  optionOf,
  orFail,
  type PoolCall,
  pretty,
  printUsage,
  radosCommand,
  wordAt,
} from './rados-command.ts';
import { writeOps } from './writable.ts';

export const create = radosCommand({
  words: 'create',
  summary: 'make an empty object',
  positionals: [OBJECT],
  run: (call) => {
    const oid = wordAt(call, 0);
    const work = writeOps(call.io, oid, [{ op: 'create', exclusive: true }]);
    return orFail(call, `error creating ${call.poolName}/${oid}: `, work);
  },
});

export const touch = radosCommand({
  words: 'touch',
  summary: 'make an object, or renew its time',
  positionals: [OBJECT, { name: 'timestamp', type: 'string', optional: true }],
  run: function* (call) {
    const oid = wordAt(call, 0);
    const text = wordAt(call, 1);
    if (!/^\s*[+-]?\d{0,15}$/.test(text)) return yield* fail(call, `Invalid value for timestamp: '${text}'`);
    const mtime_us = Number(text) === 0 ? undefined : Number(text) * 1e6;
    const work = writeOps(call.io, oid, [{ op: 'create', exclusive: false }], mtime_us);
    return yield* orFail(call, ` error touch-ing ${call.poolName}/${pretty(oid)}: `, work);
  },
});

export const setAllocHint = radosCommand({
  words: 'set-alloc-hint',
  summary: 'tell the OSDs how large an object and its writes will be',
  positionals: [OBJECT, { name: 'expected-object-size', type: 'int' }, { name: 'expected-write-size', type: 'int' }],
  run: function* (call) {
    const oid = wordAt(call, 0);
    for (const [at, name] of [
      [1, 'expected_object_size'],
      [2, 'expected_write_size'],
    ] as const) {
      const text = wordAt(call, at);
      if (/^\s*[+-]?\d{1,18}$/.test(text)) continue;
      yield* fail(call, `couldn't parse ${name}: Expected option value to be integer, got '${text}'`);
      return yield* printUsage(call.process);
    }
    const work = writeOps(call.io, oid, [{ op: 'set-alloc-hint' }]);
    return yield* orFail(call, `error setting alloc-hint ${call.poolName}/${pretty(oid)}: `, work);
  },
});

export const truncate = radosCommand({
  words: 'truncate',
  summary: 'cut or grow an object',
  positionals: [OBJECT, { name: 'length', type: 'size' }],
  run: function* (call) {
    const [oid, length] = [wordAt(call, 0), wordAt(call, 1)];
    if (!/^[+-]?\d{1,15}$/.test(length)) return yield* fail(call, `Invalid value for size: '${length}'`);
    const size = Number(length);
    if (size < 0) {
      yield* fail(call, 'error, cannot truncate to negative value');
      return yield* printUsage(call.process);
    }
    const done = yield* attempt(writeOps(call.io, oid, [{ op: 'truncate', size }]));
    if (done.ok) return 0;
    yield* fail(call, `error truncating oid ${pretty(oid)} to ${size}: ${cppStrerror(done.errno)}`);
    return yield* fail(call, `error ${done.errno}: ${cppStrerror(done.errno)}`);
  },
});

export const rm = radosCommand({
  words: 'rm',
  summary: 'remove objects',
  positionals: [{ ...OBJECT, repeat: true }],
  run: remove,
});

function* remove(call: PoolCall): Task<number> {
  const io = call.args.options.has('force-full') ? call.io.withFullTry() : call.io;
  const nspace = optionOf(call.args, 'namespace') ?? '';
  for (const oid of call.args.positionals) {
    const work = writeOps(io, oid, [{ op: 'delete' }]);
    const name = (nspace === '' ? '' : `${nspace}/`) + pretty(oid);
    const code = yield* orFail(call, `error removing ${call.poolName}>${name}: `, work);
    if (code !== 0) return code;
  }
  return 0;
}
