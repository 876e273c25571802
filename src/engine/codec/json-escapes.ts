import { utf8Encode } from '../base/utf8.ts';

const [BACKSLASH, LETTER_U] = [0x5c, 0x75] as const;
const ESCAPE_BYTES = 6;

/** JSON whose letters beyond ASCII are UTF-8, where escapes (`\u00e9`) say some; the same bytes where none does. */
export function withoutEscapes(json: Uint8Array): Uint8Array {
  let out: Uint8Array | undefined;
  let length = 0;
  for (let at = 0; at < json.length; ) {
    const escaped = json[at] === BACKSLASH ? escapedText(json, at) : '';
    if (escaped !== '' && out === undefined) {
      out = json.slice();
      length = at;
    }
    if (escaped !== '') {
      const letters = utf8Encode(escaped);
      out?.set(letters, length);
      length += letters.length;
      at += ESCAPE_BYTES * escaped.length;
      continue;
    }
    // What follows a backslash begins no escape itself.
    for (let left = json[at] === BACKSLASH ? 2 : 1; left > 0 && at < json.length; left--, at++, length++) {
      if (out !== undefined) out[length] = json[at] ?? 0;
    }
  }
  return out?.subarray(0, length) ?? json;
}

/** What an escape says, both halves of a pair; empty where it says ASCII, or where none stands there. */
function escapedText(json: Uint8Array, at: number): string {
  const unit = unitAt(json, at);
  if (unit < 0x80) return '';
  const second = unit >= 0xd800 && unit < 0xdc00 ? unitAt(json, at + ESCAPE_BYTES) : 0;
  return second >= 0xdc00 && second < 0xe000 ? String.fromCharCode(unit, second) : String.fromCharCode(unit);
}

/** The UTF-16 unit of an escape; 0 where none stands there. */
function unitAt(json: Uint8Array, at: number): number {
  if (json[at] !== BACKSLASH || json[at + 1] !== LETTER_U) return 0;
  const digits = String.fromCharCode(...json.subarray(at + 2, at + ESCAPE_BYTES));
  return /^[0-9a-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
}
