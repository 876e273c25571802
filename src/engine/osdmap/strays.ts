import { devicesUnder, rootsOf } from '../crush/tree.ts';
import type { OsdMap } from './osd-map.ts';

/**
 * OSDs that exist but stand nowhere in the CRUSH tree. `ceph osd tree` prints them after the tree, with weight 0.
 *
 * @ceph src/osd/OSDMap.cc OSDTreePlainDumper::dump — exact
 */
export function strayOsds(map: OsdMap): number[] {
  const placed = new Set(rootsOf(map.crush).flatMap((root) => devicesUnder(map.crush, root)));
  return map.osds.flatMap((osd, id) => (osd !== undefined && !placed.has(id) ? [id] : []));
}
