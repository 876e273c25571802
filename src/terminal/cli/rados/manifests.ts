import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { ManifestTarget } from '../../../engine/codec/osd-op.ts';
import { EXIT_NOT_YET, hasOption } from '../command.ts';
import { fail, optionOf, orFail, type PoolCall, pretty, radosCommand, wordAt } from './rados-command.ts';

const OBJECT_A = { name: 'object A', type: 'object', optional: true } as const;
const TARGET_A = { name: 'target object A', type: 'object', optional: true } as const;

/** @ceph src/tools/rados/rados.cc rados_tool_common "set-redirect" — exact, without references */
export const setRedirect = radosCommand({
  words: 'set-redirect',
  summary: 'let an object stand for another one',
  positionals: [OBJECT_A, TARGET_A],
  run: function* (call) {
    if (hasOption(call.args, 'with-reference')) return yield* counted(call, 'set-redirect');
    const targetPool = optionOf(call.args, 'target-pool') ?? call.poolName;
    if (call.args.positionals.length < 2 && targetPool === call.poolName)
      return yield* fail(call, 'cannot copy object into itself');
    const oid = wordAt(call, 0);
    const targetOid = call.args.positionals.length > 1 ? wordAt(call, 1) : oid;
    const target = yield* targetOf(call, targetPool, targetOid);
    if (typeof target === 'number') return target;
    const text = `error set-redirect ${call.poolName}/${pretty(oid)} => ${targetPool}/${targetOid}: `;
    return yield* orFail(call, text, sent(call.io.operate(oid, [{ op: 'set-redirect', target }])));
  },
});

/** @ceph src/tools/rados/rados.cc rados_tool_common "set-chunk" — exact, without references */
export const setChunk = radosCommand({
  words: 'set-chunk',
  summary: 'keep a range of an object in another one, too',
  positionals: [
    { name: 'object A', type: 'object' },
    { name: 'offset', type: 'int' },
    { name: 'length', type: 'int' },
    { name: 'target object A', type: 'object' },
    { name: 'target-offset', type: 'int' },
  ],
  run: function* (call) {
    if (hasOption(call.args, 'with-reference')) return yield* counted(call, 'set-chunk');
    const numbers = [wordAt(call, 1), wordAt(call, 2), wordAt(call, 4)];
    const wrong = numbers.find((word) => !/^\d{1,15}$/.test(word));
    if (wrong !== undefined) return yield* fail(call, `Invalid value for size: '${wrong}'`);
    const [off = 0, len = 0, targetOff = 0] = numbers.map(Number);
    const targetPool = optionOf(call.args, 'target-pool') ?? call.poolName;
    const target = yield* targetOf(call, targetPool, wordAt(call, 3));
    if (typeof target === 'number') return target;
    const oid = wordAt(call, 0);
    const where = `offset ${off} length ${len} target_pool ${targetPool}tgt_offset: ${targetOff} : `;
    const text = `error set-chunk ${call.poolName}/${pretty(oid)}  ${where}`;
    return yield* orFail(call, text, sent(call.io.operate(oid, [{ op: 'set-chunk', off, len, target, targetOff }])));
  },
});

/** The object that is named, or the exit code where its pool is not there: the original crashes then. */
function* targetOf(call: PoolCall, poolName: string, oid: string): Task<ManifestTarget | number> {
  const pool = call.rados.findPool(poolName);
  if (pool === undefined) return yield* fail(call, `error opening target pool ${poolName}: ${cppStrerror(2)}`);
  return { pool: pool.id, nspace: '', oid, locator: '' };
}

/** References of chunks are counted by the class `cas`, which is not here. */
function* counted({ process }: PoolCall, words: string): Task<number> {
  yield* process.stderr.write(`rados: 'rados ${words} --with-reference' is not available in this sandbox yet\n`);
  return EXIT_NOT_YET;
}

/** Requests answer with values that say nothing here. */
export function* sent(request: Task<readonly unknown[]>): Task<void> {
  yield* request;
}
