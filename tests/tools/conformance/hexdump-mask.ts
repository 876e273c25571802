import type { UuidNames } from './uuid-names.ts';

const BEGINS = /^[0-9a-f]{8} {2}[0-9a-f]{2}/;
const ROW = /^[0-9a-f]{8} {2}((?:[0-9a-f]{2} {1,2}){1,16}) *\|/;

/**
 * In hex dumps, sets every utime whose seconds lie in the window to zeros, and renames UUIDs. Blocks in which rows
 * were left out (`*`) stay as they are, and so do blocks that hold neither.
 */
export function maskHexdumps(text: string, [from, to]: readonly [number, number], uuids: UuidNames): string {
  const lines = text.split('\n');
  const out: string[] = [];
  for (let at = 0; at < lines.length; ) {
    const block = readBlock(lines, at);
    if (block === null) {
      out.push(lines[at++] ?? '');
      continue;
    }
    const original = lines.slice(at, at + block.lines);
    const masked = block.squeezed ? null : maskBytes(block.bytes, from, to, uuids);
    out.push(...(masked === null ? original : rows(masked)));
    at += block.lines;
  }
  return out.join('\n');
}

interface Block {
  readonly lines: number;
  readonly bytes: readonly number[];
  readonly squeezed: boolean;
}

function readBlock(lines: readonly string[], from: number): Block | null {
  if (!BEGINS.test(lines[from] ?? '')) return null;
  const bytes: number[] = [];
  let squeezed = false;
  let at = from;
  for (; at < lines.length; at++) {
    const cells = ROW.exec(lines[at] ?? '')?.[1];
    if (cells !== undefined)
      bytes.push(
        ...cells
          .trim()
          .split(/ +/)
          .map((cell) => Number.parseInt(cell, 16)),
      );
    else if (lines[at] === '*') squeezed = true;
    else break;
  }
  return at === from ? null : { lines: at - from, bytes, squeezed };
}

/** The bytes with times and UUIDs replaced; null where there were none. */
function maskBytes(bytes: readonly number[], from: number, to: number, uuids: UuidNames): number[] | null {
  const text = String.fromCharCode(...bytes);
  const masked = [...uuids.rename(text)].map((char) => char.charCodeAt(0));
  for (let at = 0; at + 8 <= masked.length; at++) {
    const [a = 0, b = 0, c = 0, d = 0] = masked.slice(at, at + 4);
    const seconds = a + b * 256 + c * 65_536 + d * 16_777_216;
    if (seconds < from || seconds > to) continue;
    masked.fill(0, at, at + 8);
    at += 7;
  }
  return masked.join() === bytes.join() ? null : masked;
}

function rows(bytes: readonly number[]): string[] {
  const out: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16);
    const cells = row.map((byte, index) => `${index === 8 ? '  ' : ' '}${byte.toString(16).padStart(2, '0')}`).join('');
    const shown = row.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    out.push(`${at.toString(16).padStart(8, '0')} ${cells.padEnd(51)}|${shown}|`);
  }
  return out;
}
