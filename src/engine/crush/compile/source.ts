import { byteStringOf, utf8Decode } from '../../base/utf8.ts';

/** A text map as the grammar sees it: one line, without comments, one blank between words. Characters are bytes. */
export interface Source {
  readonly text: string;
  /** The bytes as they were written. */
  readonly bytes: Uint8Array;
  /** Where each line begins in `text`, and its number from 1, in turns; of lines at one place the last. */
  readonly starts: Uint32Array;
}

const [NEWLINE, BLANK, COMMENT] = [0x0a, 0x20, 0x23] as const;
/** Tab, vertical tab, form feed, carriage return and blank. */
const WHITE = new Set([0x09, 0x0b, 0x0c, 0x0d, BLANK]);

/**
 * Reads the lines of a text map. What is kept of them is bytes and numbers: a text may be millions of lines.
 *
 * @ceph src/crush/CrushCompiler.cc CrushCompiler::compile — exact
 */
export function readSource(bytes: Uint8Array): Source {
  // Each line becomes no longer than it was, the blank before it in the place of the end of the last.
  const out = new Uint8Array(bytes.length);
  const starts = new Uint32Array(2 * lineCount(bytes));
  let [length, places, line] = [0, 0, 0];
  for (let at = 0; at < bytes.length; line++) {
    const end = endOfLine(bytes, at);
    const before = length > 0 ? 1 : 0;
    const stripped = stripLine(bytes.subarray(at, end), out, length + before);
    if (stripped > 0) {
      if (before > 0) out[length] = BLANK;
      length += before;
    }
    if (places > 0 && starts[places - 2] === length) places -= 2;
    starts.set([length, line + 1], places);
    places += 2;
    length += stripped;
    at = end + 1;
  }
  return { text: textOf(out.subarray(0, length)), bytes, starts: starts.subarray(0, places) };
}

function lineCount(bytes: Uint8Array): number {
  let count = 1;
  for (const byte of bytes) if (byte === NEWLINE) count++;
  return count;
}

function endOfLine(bytes: Uint8Array, from: number): number {
  const end = bytes.indexOf(NEWLINE, from);
  return end < 0 ? bytes.length : end;
}

/** Writes a line without its comment and with its white space drawn together; gives how long it is then. */
function stripLine(line: Uint8Array, out: Uint8Array, to: number): number {
  let [length, blank] = [0, false];
  for (const byte of line) {
    if (byte === COMMENT) break;
    if (WHITE.has(byte)) blank = true;
    else {
      if (blank && length > 0) out[to + length++] = BLANK;
      out[to + length++] = byte;
      blank = false;
    }
  }
  return length;
}

/** What follows a zero byte is not read. */
function textOf(bytes: Uint8Array): string {
  const zero = bytes.indexOf(0);
  return byteStringOf(zero < 0 ? bytes : bytes.subarray(0, zero));
}

/** Where reading stopped, as the tool says it: `FILE:LINE error: …`. */
export function parseErrorText({ bytes, starts }: Source, fileName: string, stop: number): string {
  let place = 0;
  while (place + 2 < starts.length && (starts[place + 2] ?? 0) <= stop) place += 2;
  const [at = 0, line = 1] = starts.subarray(place);
  const rest = lineOf(bytes, line).subarray(stop - at);
  return `${fileName}:${line} error: parse error at '${utf8Decode(rest)}'\n`;
}

/** A line by its number from 1. */
function lineOf(bytes: Uint8Array, line: number): Uint8Array {
  let from = 0;
  for (let left = line - 1; left > 0; left--) from = endOfLine(bytes, from) + 1;
  return bytes.subarray(from, endOfLine(bytes, from));
}
