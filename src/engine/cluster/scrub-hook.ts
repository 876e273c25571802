import type { PlacementGroups } from './placement-groups.ts';

/** What scrubs PGs beside clients' work. */
export interface ScrubWork {
  /** When a PG has come further, with each map, and after records were brought back. */
  startWork(): void;
}

let make: ((pgs: PlacementGroups) => ScrubWork) | null = null;

/** Loads what scrubs: a page that only shows a cluster does without. */
export function loadScrubs(maker: (pgs: PlacementGroups) => ScrubWork): void {
  make = maker;
}

const works = new WeakMap<PlacementGroups, ScrubWork>();

/** Starts what PGs have to scrub, if that is loaded. */
export function startScrubs(pgs: PlacementGroups): void {
  let work = works.get(pgs);
  if (work === undefined && make !== null) works.set(pgs, (work = make(pgs)));
  work?.startWork();
}
