import type { OsdRequest } from '../../codec/osd-op.ts';
import type { HObject } from '../../os/hobject.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';

/** What scrubs PGs beside clients' work, and what mends a bad copy that a client reads. */
export interface ScrubWork {
  /** True where a read found the primary's copy bad: it is taken away, and made anew from others. */
  dropsBadCopy(pg: PgView, hoid: HObject, request: OsdRequest): boolean;
  /** When a PG has come further, with each map, and after records were brought back. */
  startWork(): void;
}

let make: ((pgs: PlacementGroups) => ScrubWork) | null = null;

/** Loads what scrubs: a page that only shows a cluster does without. */
export function loadScrubs(maker: (pgs: PlacementGroups) => ScrubWork): void {
  make = maker;
}

const works = new WeakMap<PlacementGroups, ScrubWork>();

function workOf(pgs: PlacementGroups): ScrubWork | undefined {
  let work = works.get(pgs);
  if (work === undefined && make !== null) works.set(pgs, (work = make(pgs)));
  return work;
}

/** Starts what PGs have to scrub, if that is loaded. */
export function startScrubs(pgs: PlacementGroups): void {
  workOf(pgs)?.startWork();
}

/** As {@link ScrubWork.dropsBadCopy}; false before scrubs are loaded, when nobody can have damaged a copy. */
export function dropsBadCopy(pgs: PlacementGroups, pg: PgView, hoid: HObject, request: OsdRequest): boolean {
  return workOf(pgs)?.dropsBadCopy(pg, hoid, request) ?? false;
}
