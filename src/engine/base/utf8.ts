/**
 * UTF-8 without TextEncoder, which a pure zone does not have.
 *
 * A `ByteString` is a string whose characters are bytes (0 to 255). Omap keys are kept so: they may be
 * binary, and comparing such strings by code unit is comparing their bytes, which is Ceph's order.
 */
declare const byteString: unique symbol;
export type ByteString = string & { readonly [byteString]: true };

/** Encodes text; a lone surrogate becomes U+FFFD, as TextEncoder does. */
export function utf8Encode(text: string): Uint8Array {
  const length = utf8Length(text);
  const out = new Uint8Array(length);
  let at = 0;
  // As many bytes as characters: all of them ASCII, as names mostly are.
  if (length === text.length) {
    for (; at < length; at++) out[at] = text.charCodeAt(at);
    return out;
  }
  for (const char of text) {
    const code = scalarValue(char);
    if (code < 0x80) out[at++] = code;
    else if (code < 0x800) {
      out[at++] = 0xc0 | (code >> 6);
      out[at++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      out[at++] = 0xe0 | (code >> 12);
      out[at++] = 0x80 | ((code >> 6) & 63);
      out[at++] = 0x80 | (code & 63);
    } else {
      out[at++] = 0xf0 | (code >> 18);
      out[at++] = 0x80 | ((code >> 12) & 63);
      out[at++] = 0x80 | ((code >> 6) & 63);
      out[at++] = 0x80 | (code & 63);
    }
  }
  return out;
}

/** How many bytes `text` takes in UTF-8. */
export function utf8Length(text: string): number {
  let ascii = 0;
  while (ascii < text.length && text.charCodeAt(ascii) < 0x80) ascii++;
  if (ascii === text.length) return ascii;
  let length = 0;
  for (const char of text) {
    const code = scalarValue(char);
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

function scalarValue(char: string): number {
  const code = char.codePointAt(0) ?? 0xfffd;
  return code >= 0xd800 && code < 0xe000 ? 0xfffd : code;
}

/** Decodes bytes; what is not UTF-8 becomes U+FFFD, one for each bad byte. */
export function utf8Decode(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const units: number[] = [];
    while (at < bytes.length && units.length < CHUNK_UNITS) {
      const first = bytes[at] ?? 0;
      if (first < 0x80) {
        units.push(first);
        at++;
        continue;
      }
      const [code, length] = decodeOne(bytes, at);
      if (code < 0x10000) units.push(code);
      else units.push(0xd7c0 + (code >> 10), 0xdc00 + (code & 0x3ff));
      at += length;
    }
    parts.push(String.fromCharCode.apply(null, units));
  }
  return parts.join('');
}

/** How much text is made at once: a chain of single characters takes 30 times its length. */
const CHUNK_UNITS = 8192;

function decodeOne(bytes: Uint8Array, at: number): [code: number, length: number] {
  const first = bytes[at] ?? 0;
  if (first < 0x80) return [first, 1];
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
  if (length === 0 || first >= 0xf5) return [0xfffd, 1];
  let code = first & (0xff >> (length + 1));
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i];
    if (next === undefined || (next & 0xc0) !== 0x80) return [0xfffd, 1];
    code = (code << 6) | (next & 63);
  }
  const tooShort = code < (length === 4 ? 0x10000 : length === 3 ? 0x800 : 0x80);
  const bad = tooShort || code > 0x10ffff || (code >= 0xd800 && code < 0xe000);
  return bad ? [0xfffd, 1] : [code, length];
}

/** Bytes as a {@link ByteString}. */
export function byteStringOf(bytes: Uint8Array): ByteString {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK_UNITS) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK_UNITS)));
  }
  return parts.join('') as ByteString;
}

/** Text as the {@link ByteString} of its UTF-8. */
export function byteStringOfText(text: string): ByteString {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return byteStringOf(utf8Encode(text));
  return text as ByteString;
}

/** The bytes of a {@link ByteString}. */
export function bytesOfByteString(text: ByteString): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** A {@link ByteString} read as UTF-8 text. */
export function textOfByteString(text: ByteString): string {
  return utf8Decode(bytesOfByteString(text));
}
