import { concatBytes } from '../../../engine/base/bytes.ts';
import { utf8Encode } from '../../../engine/base/utf8.ts';

const PLAIN: Readonly<Record<string, number>> = { a: 7, b: 8, e: 27, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };

/** Backslash escapes of `echo -e` and `printf %b`; `\c` stops the output there. */
export function unescapeEcho(text: string): { bytes: Uint8Array; stopped: boolean } {
  return unescaped(text, /\\(?:0([0-7]{0,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([abefnrtv\\c]))/g);
}

/** Backslash escapes of a `printf` format, where octal needs no leading zero. */
export function unescapeFormat(text: string): { bytes: Uint8Array; stopped: boolean } {
  return unescaped(text, /\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|([abefnrtv\\c"]))/g);
}

function unescaped(text: string, pattern: RegExp): { bytes: Uint8Array; stopped: boolean } {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(utf8Encode(text.slice(from, match.index)));
    from = match.index + match[0].length;
    const [, octal, hex, unicode, letter] = match;
    if (letter === 'c') return { bytes: concatBytes(parts), stopped: true };
    if (unicode !== undefined) parts.push(utf8Encode(String.fromCodePoint(Number.parseInt(unicode, 16))));
    else if (octal !== undefined) parts.push(Uint8Array.of(Number.parseInt(octal || '0', 8) & 255));
    else if (hex !== undefined) parts.push(Uint8Array.of(Number.parseInt(hex, 16)));
    else parts.push(Uint8Array.of(letter === '"' ? 34 : (PLAIN[letter ?? ''] ?? 0)));
  }
  parts.push(utf8Encode(text.slice(from)));
  return { bytes: concatBytes(parts), stopped: false };
}
