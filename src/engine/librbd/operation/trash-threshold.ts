import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { withImage } from '../open.ts';
import { diffImage } from './diff.ts';
import type { TrashEntry } from './trash.ts';

/** What the cluster says of a pool's room. */
export interface PoolRoom {
  readonly pool: number;
  /** Of what can be used, 0 to 1. */
  readonly usedRatio: number;
  readonly usedBytes: number;
  readonly maxAvailBytes: number;
}

/**
 * Ids of images in the trash to remove, so that pools are used no further than `threshold` (0 to 1): those first whose
 * time comes first, pool by pool. Null where no pool that they lie in is used further, or nothing would be freed.
 *
 * @ceph src/librbd/api/Trash.cc purge — exact, with its way of counting: of several pools only what the last one frees
 *   is looked at
 */
export function* chooseToFree(
  io: IoCtx,
  entries: readonly TrashEntry[],
  threshold: number,
  rooms: readonly PoolRoom[],
): Task<ReadonlySet<string> | null> {
  const ordered = [...entries].sort((a, b) => a.spec.defermentEnd_us - b.spec.defermentEnd_us);
  const byPool = yield* byDataPool(io, ordered);
  const chosen = new Set<string>();
  let freed = 0;
  for (const room of rooms) {
    const ids = byPool.get(room.pool);
    if (ids === undefined || room.usedRatio <= threshold) continue;
    const wanted = Math.floor((room.maxAvailBytes + room.usedBytes) * (room.usedRatio - threshold));
    freed = 0;
    for (const id of ids) {
      const bytes = yield* bytesOf(io, id);
      if (bytes === null) continue;
      freed += bytes;
      chosen.add(id);
      if (freed >= wanted) break;
    }
  }
  return freed === 0 ? null : chosen;
}

function* byDataPool(io: IoCtx, entries: readonly TrashEntry[]): Task<Map<number, string[]>> {
  const out = new Map<number, string[]>();
  for (const { id } of entries) {
    const pool = yield* dataPoolOf(io, id);
    out.set(pool, [...(out.get(pool) ?? []), id]);
  }
  return out;
}

/** The image's own pool where the header is gone. */
function* dataPoolOf(io: IoCtx, id: string): Task<number> {
  try {
    return yield* withImage(io, { id }, { readOnly: true, skipParent: true }, function* ({ header }) {
      return header.dataPoolId;
    });
  } catch (error) {
    if (error instanceof CephError) return io.poolId;
    throw error;
  }
}

/** Bytes of its objects, those whole that exist; null where it cannot be opened. */
function* bytesOf(io: IoCtx, id: string): Task<number | null> {
  try {
    return yield* withImage(io, { id }, { readOnly: true, skipParent: true }, function* (image) {
      const extents = yield* diffImage(image, null, { wholeObject: true, includeParent: false });
      return extents.reduce((sum, { exists, length }) => sum + (exists ? length : 0), 0);
    });
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
}
