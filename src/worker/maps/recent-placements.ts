import type { MapPlacement } from '../../engine/osdmap/map-placement.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';

/** More than these are worked out anew: each takes some megabytes of a large map. */
const MOST = 6;

/**
 * Where PGs were in the maps that were left last, for undo and redo. They go by the maps that the edits keep, which are
 * copies: a table of PGs is kept as long as the very map that it was made for, and edits are to keep maps alone.
 */
export class RecentPlacements {
  readonly #first: MapPlacement;
  readonly #placements = new Map<OsdMap, MapPlacement>();

  /** @param first of the map as it was brought, which is always there */
  constructor(first: MapPlacement) {
    this.#first = first;
  }

  find(kept: OsdMap): MapPlacement | undefined {
    return kept === this.#first.map ? this.#first : this.#placements.get(kept);
  }

  keep(kept: OsdMap, placement: MapPlacement): void {
    if (kept === this.#first.map) return;
    this.#placements.delete(kept);
    this.#placements.set(kept, placement);
    const [oldest] = this.#placements.keys();
    if (this.#placements.size > MOST && oldest !== undefined) this.#placements.delete(oldest);
  }
}
