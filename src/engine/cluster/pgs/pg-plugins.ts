import type { Task } from '../../base/task.ts';
import type { OsdRequest } from '../../codec/osd-op.ts';
import type { Completion, ListedObject, OnServed } from '../../librados/rados.ts';
import type { PgRecord } from '../../osd/pg.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';
import type { ListPort } from '../list-pg.ts';
import type { WatchedOp } from '../op-watch/hook.ts';
import type { RequestPort } from '../submit-all.ts';
import type { WantedObject } from '../waiting-requests.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** What becomes of PGs once commands have changed pools or stopped OSDs. */
export interface PgPlugins {
  /** Starts what PGs have to recover and to backfill, as OSDs have reservations. */
  startRecovery(pgs: PlacementGroups): void;
  /** True where the PG has what a request needs of an object; else has it recovered, and waits. */
  hasObject(pgs: PlacementGroups, pg: PgView, wanted: WantedObject): Task<boolean>;
  /** Tells who watches a request where it waits. */
  tellWait(op: WatchedOp, pgs: PlacementGroups, view: PgView | null, pool: number, seed: number): void;
  /** Why requests to a PG wait, in words that a person can read. */
  whyInactive(pgs: PlacementGroups, pool: number, seed: number): string;
  splitAndMerge(pgs: PlacementGroups, old: PgPool, pool: PgPool): void;
  /** Starts what there is to trim, for each pool with removed snapshots. */
  startTrims(pgs: PlacementGroups): void;
  /** Sends requests beside each other, and waits for them all. */
  submitAll(port: RequestPort, requests: readonly OsdRequest[], onServed?: OnServed): Task<readonly Completion[]>;
  listPg(port: ListPort, pool: number, seed: number, nspace: string | null): Task<readonly ListedObject[]>;
  /** True while a PG that was not filled to its end is told of as it was before. */
  hasJustGivenUp(pgs: PlacementGroups, record: PgRecord): boolean;
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
