import type { CrushMap, CrushRule } from '../../../../engine/crush/crush-map.ts';
import { ancestorsOf, nameOf, typeNameOf } from '../../../../engine/crush/tree.ts';
import type { Chance } from './chance.ts';
import { affectedTypes, mostDevices } from './expected.ts';

const MAX_TRIES = 100;

/** Places by chance, within what a rule allows: to compare CRUSH with. */
export class RandomPlacement {
  readonly #map: CrushMap;
  readonly #rule: CrushRule;
  readonly #weights: Uint32Array;
  readonly #chance: Chance;
  readonly #most: number;
  /** Names of the buckets above a device, by type name. */
  readonly #locations = new Map<number, ReadonlyMap<string, string>>();

  constructor(map: CrushMap, rule: CrushRule, weights: Uint32Array, chance: Chance) {
    this.#map = map;
    this.#rule = rule;
    this.#weights = weights;
    this.#chance = chance;
    this.#most = mostDevices(map, rule);
  }

  /**
   * Devices drawn until they satisfy the rule; none after a hundred tries.
   *
   * @ceph src/crush/CrushTester.cc CrushTester::random_placement — exact
   */
  place(size: number): number[] {
    const total = this.#weights.reduce((sum, weight) => (sum + weight) | 0, 0);
    if (total === 0 || this.#map.maxDevices === 0) return [];
    const count = Math.min(size, this.#most);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const devices = Array.from({ length: count }, () => this.#chance.next() % this.#map.maxDevices);
      if (this.#isValid(devices)) return devices;
    }
    return [];
  }

  /** @ceph src/crush/CrushTester.cc CrushTester::check_valid_placement — exact */
  #isValid(devices: readonly number[]): boolean {
    if (devices.some((device) => this.#weights[device] === 0)) return false;
    if (new Set(devices).size < devices.length) return false;
    const types = affectedTypes(this.#rule).map(({ type }) => this.#map.types.get(type) ?? '');
    if (types.length === 1 && types[0] === 'osd' && this.#lowestTypeName() === 'osd') return true;
    const seen = new Set<string>();
    for (const device of devices) {
      for (const type of types) {
        const name = this.#location(device).get(type) ?? '';
        if (seen.has(name)) return false;
        seen.add(name);
      }
    }
    return true;
  }

  #lowestTypeName(): string {
    let lowest = this.#map.types.size;
    for (const type of this.#map.types.keys()) lowest = Math.min(lowest, type);
    return this.#map.types.get(lowest) ?? '';
  }

  #location(device: number): ReadonlyMap<string, string> {
    let location = this.#locations.get(device);
    if (location === undefined) {
      const above = ancestorsOf(this.#map, device).reverse();
      location = new Map(above.map(({ id }) => [typeNameOf(this.#map, id), nameOf(this.#map, id)]));
      this.#locations.set(device, location);
    }
    return location;
  }
}
