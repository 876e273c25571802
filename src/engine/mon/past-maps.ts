import type { EngineContext } from '../base/context.ts';
import { tableName } from '../base/records.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { deltaOf, type ValueDelta, withDelta } from './value-delta.ts';

/** By epoch: how its map comes out of the next one's. */
const PAST = tableName<ValueDelta>('osdmap-past');
/** @ceph src/common/options/mon.yaml.in mon_min_osdmap_epochs — so many past maps are kept, no more */
const KEPT = 500;

/** Keeps what tells the map before from the one that follows it, and forgets one that is too old. */
export function keepPast(context: EngineContext, before: OsdMap, after: OsdMap): void {
  const table = context.records.table(PAST);
  const delta = deltaOf(after, before);
  if (delta !== undefined) table.set(String(before.epoch), delta);
  const oldest = String(before.epoch - KEPT);
  if (table.has(oldest)) table.delete(oldest);
}

/** The oldest epoch whose map can be had. */
export function oldestMap(context: EngineContext, newest: OsdMap): number {
  const table = context.records.table(PAST);
  let oldest = newest.epoch;
  while (table.has(String(oldest - 1))) oldest--;
  return oldest;
}

/** The map of a past epoch, worked out from the newest; undefined where it is not kept. */
export function pastMap(context: EngineContext, newest: OsdMap, epoch: number): OsdMap | undefined {
  const table = context.records.table(PAST);
  let map: unknown = newest;
  for (let at = newest.epoch - 1; at >= epoch; at--) {
    const delta = table.get(String(at));
    if (delta === undefined) return undefined;
    map = withDelta(map, delta);
  }
  // Deltas are made from whole maps alone, and each is applied to the map that it was made from.
  return map as OsdMap;
}
