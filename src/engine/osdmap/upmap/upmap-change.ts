import { PLAIN_MAP } from '../extra.ts';
import type { OsdMap } from '../osd-map.ts';

type Pairs = readonly (readonly [from: number, to: number])[];

/** Upmaps that are to be dropped and made, by PG: that part of an OSDMap::Incremental. */
export interface UpmapChange {
  readonly oldUpmap: Set<string>;
  readonly oldItems: Set<string>;
  readonly newItems: Map<string, Pairs>;
  readonly oldPrimaries: Set<string>;
  readonly newPrimaries: Map<string, number>;
}

export function noUpmapChange(): UpmapChange {
  return {
    ...{ oldUpmap: new Set(), oldItems: new Set(), newItems: new Map() },
    ...{ oldPrimaries: new Set(), newPrimaries: new Map() },
  };
}

/**
 * The map one epoch on, with nothing changed. Incrementals that the tools make say no time.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::apply_incremental — of an incremental without content
 */
export function nextEpoch(map: OsdMap): OsdMap {
  const extra = {
    ...(map.extra ?? PLAIN_MAP),
    modifiedRest_ns: 0,
    newRemovedSnaps: new Map(),
    newPurgedSnaps: new Map(),
  };
  return { ...map, epoch: map.epoch + 1, modified_us: 0, extra };
}

/** The map one epoch on, with the upmaps changed. */
export function withUpmaps(map: OsdMap, change: UpmapChange): OsdMap {
  const without = <T>(entries: ReadonlyMap<string, T>, old: ReadonlySet<string>) =>
    [...entries].filter(([pg]) => !old.has(pg));
  return {
    ...nextEpoch(map),
    pgUpmap: new Map(without(map.pgUpmap, change.oldUpmap)),
    pgUpmapItems: new Map([...without(new Map([...map.pgUpmapItems, ...change.newItems]), change.oldItems)]),
    pgUpmapPrimaries: new Map(without(new Map([...map.pgUpmapPrimaries, ...change.newPrimaries]), change.oldPrimaries)),
  };
}
