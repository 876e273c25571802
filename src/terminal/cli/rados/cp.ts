import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { OsdOp } from '../../../engine/codec/osd-op.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { attempt, fail, OBJECT, optionOf, orFail, type PoolCall, radosCommand, wordAt } from './rados-command.ts';
import { writeOps } from './writable.ts';

export const cp = radosCommand({
  words: 'cp',
  summary: 'copy an object, with its attributes and omap',
  description: 'The second name is an object of the same pool, slashes and all, unless --target-pool is given.',
  positionals: [OBJECT, { name: 'target-obj', type: 'object', optional: true }],
  most: 2,
  run: copy,
});

/** @ceph src/tools/rados/rados.cc do_copy — by reading and writing; the original makes the OSDs copy */
function* copy(call: PoolCall): Task<number> {
  const { io, rados, args, poolName } = call;
  const targetPool = optionOf(args, 'target-pool') ?? poolName;
  const oid = wordAt(call, 0);
  const targetOid = args.positionals.length > 1 ? wordAt(call, 1) : oid;
  if (args.positionals.length < 2 && targetPool === poolName)
    return yield* fail(call, 'cannot copy object into itself');
  const pool = rados.findPool(targetPool);
  if (pool === undefined) return yield* fail(call, `error opening target pool ${targetPool}: ${cppStrerror(2)}`);
  const plain = rados.ioCtx(targetPool, optionOf(args, 'target-nspace') ?? '');
  const target = plain.withLocator(optionOf(args, 'target-locator') ?? '');
  const text = `error copying ${poolName}/${oid} => ${targetPool}/${targetOid}: `;
  const read = yield* attempt(contentOf(io, oid));
  if (!read.ok) return yield* fail(call, text + cppStrerror(read.errno));
  return yield* orFail(call, text, writeOps(target, targetOid, read.value));
}

/** The operations that make an object like this one. */
export function* contentOf(io: IoCtx, oid: string): Task<OsdOp[]> {
  const data = yield* io.read(oid);
  const xattrs = yield* io.getXattrs(oid);
  const entries = yield* io.omapGetVals(oid);
  const header = yield* io.omapGetHeader(oid);
  const ops: OsdOp[] = [{ op: 'write-full', data }];
  if (header.length > 0) ops.push({ op: 'omap-set-header', header });
  for (const [name, value] of xattrs) ops.push({ op: 'setxattr', name, value });
  if (entries.length > 0) ops.push({ op: 'omap-set', entries: new Map(entries) });
  return ops;
}
