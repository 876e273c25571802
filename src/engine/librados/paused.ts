import { type Task, waitUntil } from '../base/task.ts';
import { isWrite, type OsdRequest } from '../codec/osd-op.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';

/**
 * Waits while the map holds a request back: reads and writes by its flags, writes by a full cluster or a full pool,
 * unless they are to be tried all the same. A pool that goes away ends the wait.
 * @ceph src/osdc/Objecter.cc target_should_be_paused, src/osdc/Objecter.h respects_full — exact
 */
export function* untilUnpaused(map: () => OsdMap, request: OsdRequest): Task<void> {
  const first = pauseReason(map(), request);
  if (first !== undefined) yield* waitUntil(first, () => pauseReason(map(), request) === undefined);
}

/** Why a request is held back now; undefined where it is not. */
export function pauseReason(map: OsdMap, { pool, ops, fullTry }: OsdRequest): string | undefined {
  const { flags } = map;
  const poolFull = map.pools.get(pool)?.flags.includes('full') === true;
  if (!poolFull && !flags.includes('pauserd') && !flags.includes('pausewr') && !flags.includes('full'))
    return undefined;
  if (!ops.some(isWrite)) return flags.includes('pauserd') ? 'reads are paused: ceph osd unpause' : undefined;
  if (flags.includes('pausewr')) return 'writes are paused: ceph osd unpause';
  if (fullTry === true) return undefined;
  if (poolFull) return `pool '${map.pools.get(pool)?.name}' is full`;
  return flags.includes('full') ? 'the cluster is full' : undefined;
}
