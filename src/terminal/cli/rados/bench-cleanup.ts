import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import {
  BENCH_PREFIX,
  hostPrefix,
  loadRun,
  objectName,
  objectsOf,
  removeAll,
  removedText,
  runName,
} from './bench-record.ts';
import { fail, optionOf, out, type PoolCall, radosCommand } from './rados-command.ts';
import { writeOps } from './writable.ts';

export const cleanup = radosCommand({
  words: 'cleanup',
  summary: 'remove what bench wrote',
  description: 'What a run that was stopped left behind is found by its name. `--all` cleans all namespaces.',
  run: function* (call) {
    const errno = yield* cleanUp(call);
    if (errno === 0) return 0;
    yield* fail(call, `error during cleanup: ${cppStrerror(errno)}`);
    return yield* fail(call, `error ${errno}: ${cppStrerror(errno)}`);
  },
});

/** @ceph src/common/obj_bencher.cc clean_up — exact */
function* cleanUp(call: PoolCall): Task<number> {
  const prefix = optionOf(call.args, 'prefix') || hostPrefix(call);
  if (!prefix.startsWith(BENCH_PREFIX)) {
    yield* fail(call, `Specified --prefix invalid, it must begin with "${BENCH_PREFIX}"`);
    return ERRNO.EINVAL;
  }
  const { options } = call.args;
  const everywhere = options.has('all') && !options.has('default') && !options.has('namespace');
  const found = yield* call.io.list(everywhere ? null : call.io.nspace);
  const withData = new Set(found.filter(({ oid }) => oid.startsWith(prefix)).map(({ nspace }) => nspace));
  const withRecord = new Set(found.filter(({ oid }) => oid === runName(call)).map(({ nspace }) => nspace));
  try {
    for (const nspace of [...withData].sort()) {
      const io = call.io.inNamespace(nspace);
      if (withRecord.has(nspace)) yield* removeRun(call, io);
      else yield* removeByPrefix(call, io, prefix, nspace);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return error.errno;
  }
}

/** Removes a run's objects and its record. */
function* removeRun(call: PoolCall, io: IoCtx): Task<void> {
  const run = yield* loadRun(io, runName(call));
  const names = Array.from({ length: objectsOf(run) }, (_, index) => objectName(call, run.process, index));
  if (names.length > 0) yield* out(call, removedText(yield* removeAll(names.map((oid) => ({ io, oid })))));
  yield* writeOps(io, runName(call), [{ op: 'delete' }]);
}

/** Removes what begins so, in a namespace or, for null, in all: says that it is slow, and how many there were. */
export function* removeByPrefix(
  call: Parameters<typeof out>[0],
  io: IoCtx,
  prefix: string,
  nspace: string | null,
): Task<void> {
  yield* out(call, 'Warning: using slow linear search\n');
  const found = (yield* io.list(nspace)).filter(({ oid }) => oid.startsWith(prefix));
  const targets = found.map((each) => ({
    io: io.inNamespace(each.nspace).withLocator(each.locator),
    oid: each.oid,
  }));
  yield* out(call, removedText(yield* removeAll(targets)));
}
