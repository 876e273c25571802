import type { OsdMap } from '../../osdmap/osd-map.ts';

type WithTierSnaps = (before: OsdMap, map: OsdMap) => OsdMap;

let loaded: WithTierSnaps | undefined;

/** Gives the monitor what it does about the snapshots of tiers: nobody can make a tier before. */
export function loadTierSnaps(withTierSnaps: WithTierSnaps): void {
  loaded = withTierSnaps;
}

/** The map with the snapshots of pools in their tiers, too. */
export function withSnapsOfTiers(before: OsdMap, map: OsdMap): OsdMap {
  return loaded?.(before, map) ?? map;
}
