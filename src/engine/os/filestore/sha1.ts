/** SHA-1 of bytes (FIPS 180-4): the digest that FileStore names long file names by. */
export function sha1(bytes: Uint8Array): Uint8Array {
  const view = padded(bytes);
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  for (let at = 0; at < view.byteLength; at += 64) compress(state, view, at);
  const out = new DataView(new ArrayBuffer(20));
  for (const [i, word] of state.entries()) out.setUint32(4 * i, word);
  return new Uint8Array(out.buffer);
}

/** The bytes, a one bit, zeros, and their number of bits in the last eight bytes of whole blocks. */
function padded(bytes: Uint8Array): DataView {
  const view = new DataView(new ArrayBuffer(64 * Math.ceil((bytes.length + 9) / 64)));
  new Uint8Array(view.buffer).set(bytes);
  view.setUint8(bytes.length, 0x80);
  view.setUint32(view.byteLength - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(view.byteLength - 4, bytes.length << 3);
  return view;
}

function compress(state: Uint32Array, view: DataView, at: number): void {
  const words = new Uint32Array(80);
  for (let i = 0; i < 16; i++) words[i] = view.getUint32(at + 4 * i);
  const word = (i: number): number => words[i] ?? 0;
  for (let i = 16; i < 80; i++) words[i] = left(word(i - 3) ^ word(i - 8) ^ word(i - 14) ^ word(i - 16), 1);
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let i = 0; i < 80; i++) {
    const next = left(a, 5) + mixed(i, b, c, d) + e + word(i);
    [a, b, c, d, e] = [next >>> 0, a, left(b, 30), c, d];
  }
  for (const [i, value] of [a, b, c, d, e].entries()) state[i] = (state[i] ?? 0) + value;
}

/** The function and constant of a round. */
function mixed(round: number, b: number, c: number, d: number): number {
  if (round < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (round < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (round < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function left(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}
