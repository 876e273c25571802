import { ONE } from '../../engine/crush/fixed.ts';
import { isShadow } from '../../engine/crush/tree.ts';
import type { MapPlacement } from '../../engine/osdmap/map-placement.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import { expectedCopies } from '../../engine/osdmap/spread.ts';
import { OSD_FLAG, type OsdTable } from '../../protocol/maps.ts';

/** All OSDs of the edited map; `before` is the map as it was brought. */
export function osdTable(before: MapPlacement, after: MapPlacement): OsdTable {
  const { map } = after;
  const { classes, classNames } = classesOf(map);
  return {
    flags: Uint8Array.from({ length: map.maxOsd }, (_, id) => flagsOf(map, before.map, id)),
    ...{ classes, classNames },
    reweights: Float32Array.from({ length: map.maxOsd }, (_, id) => (map.osds[id]?.weight ?? 0) / ONE),
    crushWeights: crushWeights(map),
    pgsBefore: countCopies(before, map.maxOsd),
    pgsAfter: countCopies(after, map.maxOsd),
    primariesAfter: countPrimaries(after, map.maxOsd),
    expected: expectedCopies(map),
  };
}

function flagsOf(map: OsdMap, before: OsdMap, id: number): number {
  const osd = map.osds[id];
  if (osd === undefined) return 0;
  const added = before.osds[id] === undefined ? OSD_FLAG.added : 0;
  const state = (osd.up ? OSD_FLAG.up : 0) | (osd.weight > 0 ? OSD_FLAG.in : 0);
  return OSD_FLAG.exists | state | (osd.destroyed ? OSD_FLAG.destroyed : 0) | added;
}

/** Classes by OSD as indexes of their names; the first name is that of OSDs without one. */
function classesOf({ crush, maxOsd }: OsdMap): Pick<OsdTable, 'classes' | 'classNames'> {
  const ids = [...crush.classNames.keys()].sort((a, b) => a - b).slice(0, 254);
  const rows = new Map(ids.map((id, at) => [id, at + 1]));
  const classes = Uint8Array.from({ length: maxOsd }, (_, osd) => rows.get(crush.deviceClasses.get(osd) ?? -1) ?? 0);
  return { classes, classNames: ['', ...ids.map((id) => crush.classNames.get(id) ?? '')] };
}

/** Of an OSD that stands in the tree twice, both weights together. */
function crushWeights({ crush, maxOsd }: OsdMap): Float64Array {
  const weights = new Float64Array(maxOsd);
  for (const { id, items, itemWeights } of crush.buckets.values()) {
    if (isShadow(crush, id)) continue;
    for (const [at, item] of items.entries()) {
      if (item >= 0 && item < maxOsd) weights[item] = (weights[item] ?? 0) + (itemWeights[at] ?? 0) / ONE;
    }
  }
  return weights;
}

function countCopies({ pools }: MapPlacement, maxOsd: number): Uint32Array {
  const counts = new Uint32Array(maxOsd);
  for (const { osds } of pools.values()) count(osds, counts);
  return counts;
}

function countPrimaries({ pools }: MapPlacement, maxOsd: number): Uint32Array {
  const counts = new Uint32Array(maxOsd);
  for (const { primaries } of pools.values()) count(primaries, counts);
  return counts;
}

/** Counts ids, by index: iterating over a table of 200,000 takes ten times as long. What is no OSD is beyond `counts`. */
function count(ids: Int32Array, counts: Uint32Array): void {
  for (let at = 0; at < ids.length; at++) {
    const id = ids[at] ?? -1;
    if (id >= 0 && id < counts.length) counts[id] = (counts[id] ?? 0) + 1;
  }
}
