import type { CrushMap } from '../../../../engine/crush/crush-map.ts';
import { ancestorsOf, isShadow, nameOf, parentOf, typeNameOf, typeOf } from '../../../../engine/crush/tree.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { OSD_STATE } from '../../../../engine/osdmap/osd-state.ts';
import { type Check, warning } from './check.ts';

/** Buckets all of whose OSDs are down, by type, and what was looked at. */
interface Down {
  readonly map: OsdMap;
  readonly buckets: Map<number, Set<number>>;
  readonly downOsds: Set<number>;
  readonly upOsds: Set<number>;
  readonly upBuckets: Set<number>;
}

/**
 * OSDs that are in and down, and buckets that are so as a whole.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::check_health OSD_DOWN, OSD_$subtree_DOWN, OSDMap::subtree_type_is_down — exact
 */
export function downChecks(map: OsdMap): Check[] {
  const sets = {
    buckets: new Map(),
    downOsds: new Set<number>(),
    upOsds: new Set<number>(),
    upBuckets: new Set<number>(),
  };
  const down: Down = { map, ...sets };
  for (const id of map.osds.keys()) if (counts(map, id)) lookAt(down, id);
  if (down.downOsds.size === 0) return [];
  const osds = [...down.downOsds].sort((a, b) => a - b);
  const details = osds.map((id) => `osd.${id} (${locationText(map.crush, id)}) is down`);
  return [...bucketChecks(down), warning('OSD_DOWN', `${osds.length} osds down`, details)];
}

/** True for an OSD that is in, and that was so before. */
function counts(map: OsdMap, id: number): boolean {
  const osd = map.osds[id];
  return osd !== undefined && osd.weight > 0 && ((osd.extra?.stateBits ?? 0) & OSD_STATE.new) === 0;
}

function lookAt(down: Down, id: number): void {
  const { map, downOsds, upOsds, upBuckets } = down;
  if (downOsds.has(id) || upOsds.has(id) || map.osds[id]?.up === true) return;
  downOsds.add(id);
  let current = id;
  for (let type = 0; type <= topType(map.crush); type++) {
    if (!map.crush.types.has(type)) continue;
    const parent = parentOf(map.crush, current)?.id;
    if (parent === undefined || upBuckets.has(parent)) break;
    type = typeOf(map.crush, parent);
    if (!isDown(down, parent, type)) break;
    current = parent;
  }
}

function isDown(down: Down, id: number, type: number): boolean {
  const { map, buckets, downOsds, upOsds, upBuckets } = down;
  if (id >= 0) {
    const isUp = map.osds[id]?.up === true;
    if (counts(map, id)) (isUp ? upOsds : downOsds).add(id);
    return !isUp;
  }
  if (buckets.get(type)?.has(id) === true) return true;
  for (const child of map.crush.buckets.get(id)?.items ?? []) {
    if (isDown(down, child, child < 0 ? typeOf(map.crush, child) : 0)) continue;
    upBuckets.add(id);
    return false;
  }
  buckets.set(type, new Set([...(buckets.get(type) ?? []), id]));
  return true;
}

function topType({ types }: CrushMap): number {
  return Math.max(0, ...types.keys());
}

function bucketChecks({ map, buckets }: Down): Check[] {
  const { crush } = map;
  const top = topType(crush);
  const sizes = new Map<number, number>();
  const byType = [...buckets].filter(([type]) => type >= 1 && crush.types.has(type)).sort(([a], [b]) => a - b);
  for (const [, ids] of byType) {
    for (const id of ids) {
      const items = crush.buckets.get(id)?.items ?? [];
      sizes.set(
        id,
        items.reduce((sum, item) => sum + (item >= 0 ? 1 : (sizes.get(item) ?? 0)), 0),
      );
    }
  }
  return byType.map(([type, ids]) => {
    const name = crush.types.get(type) ?? '';
    const osds = [...ids].reduce((sum, id) => sum + (sizes.get(id) ?? 0), 0);
    const details = [...ids]
      .sort((a, b) => b - a)
      .map((id) => {
        const where = type === top ? '' : ` (${locationText(crush, id)})`;
        return `${name} ${nameOf(crush, id)}${where} (${sizes.get(id)} osds) is down`;
      });
    const summary = `${ids.size} ${name}${ids.size > 1 ? 's' : ''} (${osds} osds) down`;
    return warning(`OSD_${name}_DOWN`.toUpperCase(), summary, details);
  });
}

/** `root=default,host=ceph1`. @ceph src/crush/CrushWrapper.cc CrushWrapper::get_full_location_ordered_string — exact */
function locationText(crush: CrushMap, id: number): string {
  const above = ancestorsOf(crush, id).filter((bucket) => !isShadow(crush, bucket.id));
  return above
    .reverse()
    .map((bucket) => `${typeNameOf(crush, bucket.id)}=${nameOf(crush, bucket.id)}`)
    .join(',');
}

/** OSDs that the CRUSH map has and the OSD map has not. */
export function orphanChecks(map: OsdMap): Check[] {
  const ids = Array.from({ length: map.maxOsd }, (_, id) => id).filter(
    (id) => map.osds[id] === undefined && map.crush.names.has(id),
  );
  const details = ids.map((id) => `osd.${id} exists in crush map but not in osdmap`);
  const summary = `${ids.length} osds exist in the crush map but not in the osdmap`;
  return ids.length === 0 ? [] : [warning('OSD_ORPHAN', summary, details)];
}
