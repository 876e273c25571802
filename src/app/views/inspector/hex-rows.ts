import type { BytesView } from '../../../protocol/calls.ts';

/** Neighbouring bytes of one row that belong to the same field. */
export interface HexRun {
  /** Index of the field in the view; -1 for bytes of none. */
  readonly field: number;
  readonly hex: string;
  readonly ascii: string;
}

export interface HexRow {
  readonly off: number;
  readonly runs: readonly HexRun[];
}

/** Bytes of a row, as hexdump has them; half as many where the page is narrow. */
export type RowWidth = 16 | 8;

/** The bytes as rows, cut where one field ends and the next begins. */
export function hexRows(view: BytesView, width: RowWidth = 16): HexRow[] {
  const owners = fieldOwners(view);
  const rows: HexRow[] = [];
  for (let off = 0; off < view.bytes.length; off += width)
    rows.push({ off, runs: runsOf(view.bytes.subarray(0, off + width), owners, off) });
  return rows;
}

/** For each byte the index of the innermost field that covers it, or -1. */
export function fieldOwners(view: BytesView): Int32Array {
  const owners = new Int32Array(view.bytes.length).fill(-1);
  const order = view.fields.map((field, index) => ({ field, index }));
  order.sort((a, b) => a.field.depth - b.field.depth || b.field.len - a.field.len);
  for (const { field, index } of order) owners.fill(index, field.off, field.off + field.len);
  return owners;
}

function runsOf(bytes: Uint8Array, owners: Int32Array, off: number): HexRun[] {
  const runs: HexRun[] = [];
  const end = bytes.length;
  for (let start = off; start < end; ) {
    const field = owners[start] ?? -1;
    let stop = start + 1;
    while (stop < end && owners[stop] === field) stop += 1;
    runs.push({ field, hex: hexOf(bytes, start, stop, off), ascii: asciiOf(bytes.subarray(start, stop)) });
    start = stop;
  }
  return runs;
}

/** After so many bytes a row has a wider gap. */
const MIDDLE = 8;

/** Two blanks in the middle of the row, one between bytes. */
function hexOf(bytes: Uint8Array, start: number, stop: number, off: number): string {
  let text = '';
  for (let at = start; at < stop; at++) {
    if (at > start) text += at - off === MIDDLE ? '  ' : ' ';
    text += (bytes[at] ?? 0).toString(16).padStart(2, '0');
  }
  return text;
}

function asciiOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  return text;
}

/** What stands before a run in its row: nothing at the start, two blanks in the middle, else one. */
export function gapBefore(row: HexRow, index: number): string {
  if (index === 0) return '';
  const bytes = row.runs.slice(0, index).reduce((sum, run) => sum + run.ascii.length, 0);
  return bytes === MIDDLE ? '  ' : ' ';
}
