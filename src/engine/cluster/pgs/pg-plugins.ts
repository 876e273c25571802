import type { Task } from '../../base/task.ts';
import type { OsdRequest } from '../../codec/osd-op.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** What becomes of PGs once commands have changed pools or stopped OSDs. */
export interface PgPlugins {
  /** Starts what PGs have to recover and to backfill, as OSDs have reservations. */
  startRecovery(pgs: PlacementGroups): void;
  /** Brings objects up to date that a request needs at once. */
  recoverKeys(pgs: PlacementGroups, pool: number, seed: number, isOf: (key: string) => boolean): Task<void>;
  splitAndMerge(pgs: PlacementGroups, old: PgPool, pool: PgPool): void;
  /** Starts what there is to trim, for each pool with removed snapshots. */
  startTrims(pgs: PlacementGroups): void;
  /** EBLOCKLISTED to a client that the map shuts out. */
  refuseBlocklisted(pgs: PlacementGroups, request: OsdRequest): Task<void>;
  /** Drops the watches of clients that the map has come to shut out. */
  dropBlocklistedWatches(pgs: PlacementGroups): void;
}

let loaded: PgPlugins | null = null;

/** Loads it: a page that only shows a cluster does without. */
export function loadPgPlugins(plugins: PgPlugins): void {
  loaded = plugins;
}

/** Null before commands are there. */
export function pgPlugins(): PgPlugins | null {
  return loaded;
}
