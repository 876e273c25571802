import { assert } from '../base/assert.ts';

/** A finite field of 2^w elements, each an unsigned number below 2^w. Addition is XOR. */
export interface GaloisField {
  /** Bits of an element, 1 to 32. */
  readonly w: number;
  multiply(a: number, b: number): number;
  /** The element that gives 1 when multiplied by `a`; `a` is not 0. */
  inverse(a: number): number;
}

/** The polynomial of each width without its leading bit, in octal as the literature lists them. */
const POLYNOMIALS: readonly number[] = [
  0, 0o0, 0o3, 0o3, 0o3, 0o5, 0o3, 0o11, 0o35, 0o21, 0o11, 0o5, 0o123, 0o33, 0o2103, 0o3, 0o10013, 0o11, 0o201, 0o47,
  0o11, 0o5, 0o3, 0o41, 0o207, 0o11, 0o107, 0o47, 0o11, 0o5, 0o40000007, 0o11, 0o20000007,
];

export const MAX_FIELD_BITS = 32;

const fields = new Map<number, GaloisField>();

/**
 * The field that jerasure and ISA-L use for words of `w` bits: 0x11d for 8, 0x1100b for 16, 0x400007 for 32.
 *
 * @ceph src/erasure-code/jerasure/gf-complete/src/gf_wgen.c gf_wgen_init — the same polynomials
 */
export function galoisField(w: number): GaloisField {
  assert(Number.isInteger(w) && w >= 1 && w <= MAX_FIELD_BITS, () => `no field of 2^${w} elements`);
  let field = fields.get(w);
  if (field === undefined) {
    field = w <= 8 ? tableField(w) : slowField(w);
    fields.set(w, field);
  }
  return field;
}

/** The field of two elements, for bit matrices. */
export const BIT_FIELD: GaloisField = { w: 1, multiply: (a, b) => a & b, inverse: (a) => a };

function slowField(w: number): GaloisField {
  const multiply = multiplierOf(w);
  return { w, multiply, inverse: (a) => inverseBy(multiply, a, w) };
}

/** Multiplication bit by bit: for matrices, not for data. */
function multiplierOf(w: number): GaloisField['multiply'] {
  const low = POLYNOMIALS[w] ?? 0;
  const top = 2 ** (w - 1);
  const mask = w === 32 ? 0xffffffff : 2 ** w - 1;
  return (a, b) => {
    let product = 0;
    let shifted = a;
    for (let rest = b; rest !== 0; rest >>>= 1) {
      if (rest & 1) product ^= shifted;
      const carry = (shifted & top) !== 0;
      shifted = ((shifted << 1) & mask) ^ (carry ? low : 0);
    }
    return product >>> 0;
  };
}

/** a^(2^w - 2). */
function inverseBy(multiply: GaloisField['multiply'], a: number, w: number): number {
  assert(a !== 0, 'zero has no inverse');
  let out = 1;
  let power = a;
  for (let bit = 1; bit < w; bit++) {
    power = multiply(power, power);
    out = multiply(out, power);
  }
  return out;
}

function tableField(w: number): GaloisField {
  const size = 2 ** w;
  const slow = multiplierOf(w);
  const products = new Uint8Array(size * size);
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) products[a * size + b] = slow(a, b);
  const inverses = new Uint8Array(size);
  for (let a = 1; a < size; a++) inverses[a] = products.indexOf(1, a * size) - a * size;
  return {
    w,
    multiply: (a, b) => products[a * size + b] ?? 0,
    inverse(a) {
      assert(a !== 0, 'zero has no inverse');
      return inverses[a] ?? 0;
    },
  };
}
