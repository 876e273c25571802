import type { Task } from '../../../engine/base/task.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { fail, OBJECT, orFail, type PoolCall, printUsage, radosCommand, wordAt } from './rados-command.ts';
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
    if (call.args.positionals.length > 1) {
      yield* fail(call, "rados: 'touch' with a timestamp is not available in this sandbox yet");
      return EXIT_NOT_YET;
    }
    const oid = wordAt(call, 0);
    const work = writeOps(call.io, oid, [{ op: 'create', exclusive: false }]);
    return yield* orFail(call, `error touching object ${call.poolName}/${oid}: `, work);
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
    const work = writeOps(call.io, oid, [{ op: 'truncate', size }]);
    return yield* orFail(call, `error truncating oid ${oid} to ${size}: `, work);
  },
});

export const rm = radosCommand({
  words: 'rm',
  summary: 'remove objects',
  positionals: [{ ...OBJECT, repeat: true }],
  run: remove,
});

function* remove(call: PoolCall): Task<number> {
  for (const oid of call.args.positionals) {
    const work = writeOps(call.io, oid, [{ op: 'delete' }]);
    const code = yield* orFail(call, `error removing ${call.poolName}>${oid}: `, work);
    if (code !== 0) return code;
  }
  return 0;
}
