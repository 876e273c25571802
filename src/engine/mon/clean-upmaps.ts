import { must } from '../base/assert.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import type { UpmapChange } from '../osdmap/upmap/upmap-change.ts';
import { withUpmaps } from '../osdmap/upmap/upmap-change.ts';

type UpmapCleaner = (map: OsdMap) => UpmapChange | undefined;

let cleaner: UpmapCleaner | undefined;

/** Gives the monitor what finds stale upmaps: it comes with the plugins, since only commands make new maps. */
export function loadUpmapCleaner(clean: UpmapCleaner): void {
  cleaner = clean;
}

/**
 * The map without upmaps that make no sense any more: the PG or the OSD is gone, the rule forbids it, or it changes
 * nothing. The monitor looks at each map that it is about to publish.
 *
 * @ceph src/mon/OSDMonitor.cc OSDMonitor::encode_pending, clean_pg_upmaps — exact
 */
export function withoutStaleUpmaps(map: OsdMap): OsdMap {
  if (map.pgUpmap.size + map.pgUpmapItems.size + map.pgUpmapPrimaries.size === 0) return map;
  const change = must(cleaner, 'cleaner of upmaps')(map);
  if (change === undefined) return map;
  const { pgUpmap, pgUpmapItems, pgUpmapPrimaries } = withUpmaps(map, change);
  return { ...map, pgUpmap, pgUpmapItems, pgUpmapPrimaries };
}
