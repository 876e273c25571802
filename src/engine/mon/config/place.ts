import { classOf } from '../../crush/tree.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { parentOf } from '../crush-parent.ts';

/** The name of the host that an OSD is on, by the CRUSH tree. */
export function hostOf(map: OsdMap, osd: number): string | undefined {
  for (let at = parentOf(map, osd); at !== undefined; at = parentOf(map, at)) {
    const type = map.crush.buckets.get(at)?.type ?? 0;
    if (map.crush.types.get(type) === 'host') return map.crush.names.get(at);
  }
  return undefined;
}

export function deviceClassOf(map: OsdMap, osd: number): string | undefined {
  return classOf(map.crush, osd);
}
