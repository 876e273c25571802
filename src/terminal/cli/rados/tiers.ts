import { cppStrerror, ERRNO, type ErrnoName } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import {
  attempt,
  fail,
  OBJECT,
  out,
  type PoolCall,
  pretty,
  type RadosCommand,
  radosCommand,
  wordAt,
} from './rados-command.ts';

/**
 * Commands of cache pools and of objects that stand for others. There are neither here, and these are the answers that
 * a cluster without them gives.
 */
export const tiers: readonly RadosCommand[] = [
  cacheCommand('cache-flush', 'write an object of a cache pool back'),
  cacheCommand('cache-try-flush', 'the same, unless that would have to wait'),
  cacheCommand('cache-evict', 'drop an object of a cache pool'),
  cacheAllCommand('cache-flush-evict-all'),
  cacheAllCommand('cache-try-flush-evict-all'),
  manifestCommand('tier-promote', 'bring an object to the base tier', undefined),
  manifestCommand('unset-manifest', 'make an object stand for itself again', 'EOPNOTSUPP'),
  manifestCommand('tier-flush', 'write the chunks of an object back', 'EBUSY'),
  manifestCommand('tier-evict', 'drop the chunks of an object', 'EINVAL'),
];

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_CACHE_FLUSH — EINVAL in a pool that is no cache */
function cacheCommand(words: string, summary: string): RadosCommand {
  return radosCommand({
    words,
    summary,
    positionals: [OBJECT],
    run: (call) => fail(call, `error from cache-flush ${wordAt(call, 0)}: ${cppStrerror(ERRNO.EINVAL)}`),
  });
}

function cacheAllCommand(words: string): RadosCommand {
  return radosCommand({
    words,
    summary: 'write back and drop all objects of a cache pool',
    run: (call) => flushAll(call, words),
  });
}

function* flushAll(call: PoolCall, words: string): Task<number> {
  const found = yield* call.io.list(null);
  for (const { nspace, oid, locator } of found) {
    yield* out(call, `${nspace}\t${oid}\t${locator}\n`);
    yield* fail(call, `failed to flush ${nspace}/${oid}: ${cppStrerror(ERRNO.EINVAL)}`);
  }
  return found.length === 0 ? 0 : yield* fail(call, `${words} finished with errors`);
}

/** What an object that stands for itself answers; undefined where there is nothing to do. */
function manifestCommand(words: string, summary: string, answer: ErrnoName | undefined): RadosCommand {
  return radosCommand({
    words,
    summary,
    positionals: [OBJECT],
    run: function* (call) {
      const oid = wordAt(call, 0);
      const found = yield* attempt(call.io.stat(oid));
      const errno = found.ok ? (answer === undefined ? 0 : ERRNO[answer]) : found.errno;
      if (errno === 0) return 0;
      return yield* fail(call, `error ${words} ${call.poolName}/${pretty(oid)} : ${cppStrerror(errno)}`);
    },
  });
}
