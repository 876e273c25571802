import { must } from '../../base/assert.ts';
import type { EngineContext } from '../../base/context.ts';
import type { Task } from '../../base/task.ts';
import type { OsdRequest } from '../../codec/osd-op.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import type { PoolExtra } from '../../osdmap/extra.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';

/** What requests to tiers need of the way to the OSDs. */
export interface TierPort {
  readonly engine: EngineContext;
  readonly pgs: PlacementGroups;
  /** The pool as the map has it now; ENOENT once it is gone. */
  poolOf(id: number): PgPool;
  /** The PG of an object once it can serve a request to it: at once, as nearly always, without a step. */
  ready(request: OsdRequest, writes: boolean): Task<PgView>;
  /** Serves a request on a PG: in a step of its own. */
  serveAt(pg: PgView, request: OsdRequest): readonly unknown[];
  /** The same with all that goes with it, in a pool that is no cache. */
  submit(request: OsdRequest): Task<readonly unknown[]>;
}

/** Parts of OSDs and clients that only tiers need. */
export interface TierWork {
  submit(port: TierPort, request: OsdRequest): Task<readonly unknown[]>;
}

let loaded: TierWork | null = null;

/** Loads them: nobody can make a tier before. */
export function loadTierWork(work: TierWork): void {
  loaded = work;
}

export function tierWork(): TierWork {
  return must(loaded, 'what tiers do');
}

/** True of a pool that is a cache, or has one before it: all others have nothing to do with tiers. */
export function isTiered({ readTier, writeTier, cacheMode }: PoolExtra): boolean {
  return readTier >= 0 || writeTier >= 0 || cacheMode > 0;
}
