/** How a hash becomes the number of a PG: the low bits, or one bit fewer where that PG does not exist (yet). */
export interface StableMod {
  /** The mask used, as hex digits: `3f`. */
  readonly mask: string;
  /** The number of the PG, as hex digits: `1a`. */
  readonly seed: string;
  /** True where the first mask led beyond pg_num, and the next smaller one was taken. */
  readonly folded: boolean;
}

/** `hash` as hex digits; the same arithmetic as Ceph's `ceph_stable_mod`. */
export function stableMod(hash: string, pgNum: number): StableMod {
  const value = Number.parseInt(hash, 16) >>> 0;
  const mask = pgNum <= 1 ? 0 : 2 ** Math.ceil(Math.log2(pgNum)) - 1;
  const first = (value & mask) >>> 0;
  if (first < pgNum) return { mask: mask.toString(16), seed: first.toString(16), folded: false };
  const half = mask >>> 1;
  return { mask: half.toString(16), seed: ((value & half) >>> 0).toString(16), folded: true };
}
