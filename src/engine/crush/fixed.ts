/** 16.16 fixed point, as CRUSH keeps weights: 0x10000 is 1.0. */
export const ONE = 0x10000;

/** A weight as 16.16 fixed point, rounded towards zero: 0.01999 is 1310. */
export function fixedWeight(weight: number): number {
  return Math.trunc(weight * ONE);
}
