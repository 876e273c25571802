/** Numbers from 0 up to (without) 2^32 that follow from a seed: splitmix32. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}

/** Bytes that follow from a number: some all the same, some zeros, most random. */
export function randomBytes(length: number, seed: number): Uint8Array {
  const out = new Uint8Array(length);
  if (seed % 11 === 0) return out;
  if (seed % 3 === 0) return out.fill(1 + (seed % 255));
  let state = seed | 1;
  for (let at = 0; at < length; at++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    out[at] = state >>> 24;
  }
  return out;
}
