/** What tests/conformance/erasure/input.py writes. */
export function inputBytes(length: number): Uint8Array {
  const out = new Uint8Array(length);
  let state = 1;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    out[i] = (state >> 16) & 255;
  }
  return out;
}

export function chunksOf(bytes: Uint8Array, size: number): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += size) out.push(bytes.slice(at, at + size));
  return out;
}

/** The default profile of a 20.2 cluster. */
export const DEFAULT_PROFILE: ReadonlyMap<string, string> = new Map([
  ['k', '2'],
  ['m', '2'],
  ['plugin', 'isa'],
  ['technique', 'reed_sol_van'],
]);

export function isType(name: string): boolean {
  return ['osd', 'host', 'rack', 'root'].includes(name);
}
