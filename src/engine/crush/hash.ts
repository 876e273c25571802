/**
 * Robert Jenkins' 32-bit integer hash as CRUSH uses it, for two to four values. Results are unsigned.
 *
 * @ceph src/crush/hash.c crush_hash32_rjenkins1_N — exact
 */
const SEED = 1315423911;
const X = 231232;
const Y = 1232;

/** Registers of one hash under way: the values, then X, Y and the hash. Reused, so that hashing allocates nothing. */
const registers = new Int32Array(7);
const [A, B, C, D, PAD_X, PAD_Y, HASH] = [0, 1, 2, 3, 4, 5, 6] as const;

export function crushHash32of2(a: number, b: number): number {
  load(a, b, 0, 0);
  mix(A, B);
  mix(PAD_X, A);
  mix(B, PAD_Y);
  return result();
}

export function crushHash32of3(a: number, b: number, c: number): number {
  load(a, b, c, 0);
  mix(A, B);
  mix(C, PAD_X);
  mix(PAD_Y, A);
  mix(B, PAD_X);
  mix(PAD_Y, C);
  return result();
}

export function crushHash32of4(a: number, b: number, c: number, d: number): number {
  load(a, b, c, d);
  mix(A, B);
  mix(C, D);
  mix(A, PAD_X);
  mix(PAD_Y, B);
  mix(C, PAD_X);
  mix(PAD_Y, D);
  return result();
}

function load(a: number, b: number, c: number, d: number): void {
  registers[A] = a;
  registers[B] = b;
  registers[C] = c;
  registers[D] = d;
  registers[PAD_X] = X;
  registers[PAD_Y] = Y;
  registers[HASH] = SEED ^ a ^ b ^ c ^ d;
}

function result(): number {
  return (registers[HASH] ?? 0) >>> 0;
}

/** Mixes the registers `i` and `j` with the hash register. */
function mix(i: number, j: number): void {
  let a = registers[i] ?? 0;
  let b = registers[j] ?? 0;
  let c = registers[HASH] ?? 0;
  a = (a - b - c) ^ (c >>> 13);
  b = (b - c - a) ^ (a << 8);
  c = (c - a - b) ^ (b >>> 13);
  a = (a - b - c) ^ (c >>> 12);
  b = (b - c - a) ^ (a << 16);
  c = (c - a - b) ^ (b >>> 5);
  a = (a - b - c) ^ (c >>> 3);
  b = (b - c - a) ^ (a << 10);
  c = (c - a - b) ^ (b >>> 15);
  registers[i] = a;
  registers[j] = b;
  registers[HASH] = c;
}
