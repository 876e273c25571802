import type { OsdMap } from '../osdmap/osd-map.ts';

/** The bucket that holds an item, shadow buckets left out. */
export function parentOf(map: OsdMap, item: number): number | undefined {
  for (const bucket of map.crush.buckets.values()) {
    const shadow = map.crush.names.get(bucket.id)?.includes('~') ?? false;
    if (!shadow && bucket.items.includes(item)) return bucket.id;
  }
  return undefined;
}
