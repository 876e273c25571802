import type { CrushBucket } from '../crush/crush-map.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { parentOf } from './crush-parent.ts';
import { type HealthCheck, warning } from './health-check.ts';

/**
 * Buckets that are down as a whole, one check for each type: a host all of whose OSDs that are in are down.
 *
 * @ceph src/osd/OSDMap.cc check_health OSD_HOST_DOWN — exact
 */
export function downBuckets(map: OsdMap): HealthCheck[] {
  const byType = new Map<string, { bucket: CrushBucket; osds: number }[]>();
  for (const bucket of map.crush.buckets.values()) {
    const osds = downWithin(map, bucket);
    if (osds === 0 || map.crush.names.get(bucket.id)?.includes('~')) continue;
    const type = map.crush.types.get(bucket.type) ?? String(bucket.type);
    byType.set(type, [...(byType.get(type) ?? []), { bucket, osds }]);
  }
  return [...byType].map(([type, found]) => {
    const osds = found.reduce((sum, each) => sum + each.osds, 0);
    const summary = `${found.length} ${type}${found.length > 1 ? 's' : ''} (${osds} osds) down`;
    const ordered = [...found].sort((a, b) => b.bucket.id - a.bucket.id);
    const details = ordered.map(({ bucket, osds }) => {
      const parent = parentOf(map, bucket.id);
      const where = parent === undefined ? '' : ` (${typeOf(map, parent)}=${map.crush.names.get(parent)})`;
      return `${type} ${map.crush.names.get(bucket.id)}${where} (${osds} osds) is down`;
    });
    return warning(`OSD_${type.toUpperCase()}_DOWN`, summary, found.length, details);
  });
}

function typeOf(map: OsdMap, bucket: number): string {
  return map.crush.types.get(map.crush.buckets.get(bucket)?.type ?? 0) ?? '';
}

/** How many OSDs the bucket holds that are in, where all of those are down; else 0. */
function downWithin(map: OsdMap, bucket: CrushBucket): number {
  const osds = osdsWithin(map, bucket).filter((id) => (map.osds[id]?.weight ?? 0) > 0);
  return osds.every((id) => map.osds[id]?.up === false) ? osds.length : 0;
}

export function osdsWithin(map: OsdMap, bucket: CrushBucket): number[] {
  return bucket.items.flatMap((item) => {
    const inner = map.crush.buckets.get(item);
    return inner === undefined ? [item] : osdsWithin(map, inner);
  });
}
