/** Chance as the C++ library has it, so that a seed gives the same upmaps as with Ceph's own tools. */

const [MULTIPLIER, MODULUS] = [16807n, 2147483647n] as const;
const RANGE = 2147483645;

/** `std::minstd_rand0`, which is the default engine of libstdc++. */
export class MinStd {
  #state: bigint;

  constructor(seed: number) {
    const state = BigInt(seed >>> 0) % MODULUS;
    this.#state = state === 0n ? 1n : state;
  }

  /** From 0 to `most`, both possible: `std::uniform_int_distribution`. */
  upTo(most: number): number {
    const scaling = Math.floor(RANGE / (most + 1));
    const past = (most + 1) * scaling;
    let value = this.#next();
    while (value >= past) value = this.#next();
    return Math.floor(value / scaling);
  }

  #next(): number {
    this.#state = (this.#state * MULTIPLIER) % MODULUS;
    return Number(this.#state) - 1;
  }
}

/** `std::shuffle` of libstdc++: where the engine's range allows it, two places are drawn at once. */
export function shuffle<T>(items: T[], engine: MinStd): void {
  const count = items.length;
  if (count === 0) return;
  if (Math.floor(RANGE / count) < count) {
    for (let at = 1; at < count; at++) swap(items, at, engine.upTo(at));
    return;
  }
  let at = 1;
  if (count % 2 === 0) swap(items, at++, engine.upTo(1));
  while (at < count) {
    const second = at + 2;
    const drawn = engine.upTo((at + 1) * second - 1);
    swap(items, at++, Math.floor(drawn / second));
    swap(items, at++, drawn % second);
  }
}

function swap<T>(items: T[], a: number, b: number): void {
  const [first, second] = [items[a], items[b]];
  // Both places are within the list.
  items[a] = second as T;
  items[b] = first as T;
}
