const A = 0x5deece66dn;
const C = 0xbn;
const MASK = (1n << 48n) - 1n;

/** The C library's `lrand48`, never seeded: every run of the tool draws the same numbers. */
export class Chance {
  #state = 0n;

  /** From 0 to 2^31 - 1. */
  next(): number {
    this.#state = (A * this.#state + C) & MASK;
    return Number(this.#state >> 17n);
  }
}
