import type { RecordStore } from '../../base/records.ts';
import type { OsdRequest } from '../../codec/osd-op.ts';
import type { HObject } from '../../os/hobject.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';

/** One request of a client, from when it was sent to its answer. */
export interface WatchedOp {
  /** An OSD has it, and waits: `waiting for subops from 1,2`. */
  waitsOn(osd: number, pg: string, event: string, flag: string): void;
  /** No OSD has it: the client keeps it until the PG can serve it. */
  isHeld(): void;
  /** The PG's OSDs have done what it asks. */
  served(pg: PgView): void;
  /** It was answered, or nobody waits for it any more. */
  end(): void;
}

/** What keeps track of clients' requests. */
export interface OpWatch {
  begin(request: OsdRequest, hoid: HObject): WatchedOp;
  /** A request waits for an OSD. */
  readonly isWaiting: boolean;
  /** One that came since then waits in a PG. */
  waitsIn(pgid: string, since_us: number): boolean;
}

let make: ((records: RecordStore, now_us: () => number) => OpWatch) | null = null;
const watches = new WeakMap<RecordStore, OpWatch>();

/** Loads what keeps track of requests: nobody can send one before. */
export function loadOpWatch(maker: NonNullable<typeof make>): void {
  make = maker;
}

/** Null while nothing is loaded. */
export function opWatchOf(records: RecordStore, now_us: () => number): OpWatch | null {
  let watch = watches.get(records);
  if (watch === undefined && make !== null) watches.set(records, (watch = make(records, now_us)));
  return watch ?? null;
}

/** What has kept track of a cluster's requests; undefined where there was none yet. */
export function knownOpWatch(records: RecordStore): OpWatch | undefined {
  return watches.get(records);
}

/** True while a request waits for an OSD. */
export function isOpWaiting(records: RecordStore): boolean {
  return watches.get(records)?.isWaiting === true;
}
