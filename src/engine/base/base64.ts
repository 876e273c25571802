const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 (RFC 4648) with padding. */
export function toBase64(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const word = (a << 16) | (b << 8) | c;
    for (let shift = 18; shift >= 0; shift -= 6) out += ALPHABET[(word >> shift) & 63];
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  return out.slice(0, out.length - missing) + '='.repeat(missing);
}

/** Undefined for what is not base64. */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const digits = [...text.replaceAll('=', '')].map((char) => ALPHABET.indexOf(char));
  const out = new Uint8Array(Math.floor((digits.length * 6) / 8));
  for (let at = 0; at < out.length; at++) {
    const bit = at * 8;
    const index = Math.floor(bit / 6);
    const pair = ((digits[index] ?? 0) << 6) | (digits[index + 1] ?? 0);
    out[at] = pair >> (4 - (bit % 6));
  }
  return out;
}
