import { cppStrerror } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { NOSNAP } from '../../../engine/codec/snap.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { sent, setChunk, setRedirect } from './manifests.ts';
import {
  attempt,
  fail,
  OBJECT,
  orFail,
  out,
  type PoolCall,
  pretty,
  type RadosCommand,
  radosCommand,
  wordAt,
} from './rados-command.ts';

/** Commands of cache pools and of objects that stand for others. */
export const tiers: readonly RadosCommand[] = [
  cacheCommand('cache-flush', 'write an object of a cache pool back'),
  cacheCommand('cache-try-flush', 'the same, unless that would have to wait'),
  cacheCommand('cache-evict', 'drop an object of a cache pool'),
  cacheAllCommand('cache-flush-evict-all', 'cache-flush'),
  cacheAllCommand('cache-try-flush-evict-all', 'cache-try-flush'),
  setRedirect,
  setChunk,
  manifestCommand('tier-promote', 'bring an object to the base tier'),
  manifestCommand('unset-manifest', 'make an object stand for itself again'),
  manifestCommand('tier-flush', 'write the chunks of an object back'),
  manifestCommand('tier-evict', 'drop the chunks of an object'),
];

type CacheOp = 'cache-flush' | 'cache-try-flush' | 'cache-evict';

/** All three speak of the first where they fail. */
function cacheCommand(words: CacheOp, summary: string): RadosCommand {
  return radosCommand({
    words,
    summary,
    positionals: [OBJECT],
    run: function* (call) {
      const oid = wordAt(call, 0);
      const done = yield* attempt(call.io.operate(oid, [{ op: words }]));
      return done.ok ? 0 : yield* fail(call, `error from cache-flush ${oid}: ${cppStrerror(done.errno)}`);
    },
  });
}

function cacheAllCommand(words: string, flush: CacheOp): RadosCommand {
  return radosCommand({
    words,
    summary: 'write back and drop all objects of a cache pool',
    run: (call) => flushAll(call, words, flush),
  });
}

/** @ceph src/tools/rados/rados.cc do_cache_flush_evict_all — exact */
function* flushAll(call: PoolCall, words: string, flush: CacheOp): Task<number> {
  let errors = 0;
  for (const object of yield* call.io.list(null)) {
    const { nspace, oid, locator } = object;
    yield* out(call, `${nspace}\t${oid}\t${locator}\n`);
    const failure = yield* flushAndEvict(call.io.inNamespace(nspace).withLocator(locator), oid, flush);
    if (failure === undefined) continue;
    errors++;
    yield* fail(call, `${failure.what} ${nspace}/${oid}: ${cppStrerror(failure.errno)}`);
  }
  return errors === 0 ? 0 : yield* fail(call, `${words} finished with errors`);
}

/** An object with its clones, the oldest first; what failed first ends it. */
function* flushAndEvict(io: IoCtx, oid: string, flush: CacheOp): Task<{ what: string; errno: number } | undefined> {
  const listed = yield* attempt(io.atSnap(NOSNAP).listSnaps(oid));
  if (!listed.ok) return { what: 'error listing snap shots', errno: listed.errno };
  const versions = listed.value.clones.map(({ id }) => id);
  for (const snap of versions.length === 0 ? [NOSNAP] : versions) {
    const flushed = yield* attempt(io.atSnap(snap).operate(oid, [{ op: flush }]));
    if (!flushed.ok) return { what: 'failed to flush', errno: flushed.errno };
    const evicted = yield* attempt(io.atSnap(snap).operate(oid, [{ op: 'cache-evict' }]));
    if (!evicted.ok) return { what: 'failed to evict', errno: evicted.errno };
  }
  return undefined;
}

function manifestCommand(
  words: 'tier-promote' | 'unset-manifest' | 'tier-flush' | 'tier-evict',
  summary: string,
): RadosCommand {
  return radosCommand({
    words,
    summary,
    positionals: [OBJECT],
    run: (call) => {
      const oid = wordAt(call, 0);
      const text = `error ${words} ${call.poolName}/${pretty(oid)} : `;
      return orFail(call, text, sent(call.io.operate(oid, [{ op: words }])));
    },
  });
}
