import { bytesOfData, type Data } from '../../../src/engine/base/data.ts';

const PAGE = 4096;

/** What an image should hold, as plain bytes: pages of 4 KiB, of which those that are all zeros may be missing. A value. */
export interface Content {
  readonly size: number;
  readonly pages: ReadonlyMap<number, Uint8Array>;
}

export function emptyContent(size: number): Content {
  return { size, pages: new Map() };
}

/** With bytes written at `off`; they end at the content's end at the latest. */
export function written({ size, pages }: Content, off: number, bytes: Uint8Array): Content {
  const out = new Map(pages);
  for (const { page, within, at, len } of pagesOf(off, bytes.length)) {
    const copy = out.get(page)?.slice() ?? new Uint8Array(PAGE);
    copy.set(bytes.subarray(at, at + len), within);
    out.set(page, copy);
  }
  return { size, pages: out };
}

export function zeroed({ size, pages }: Content, off: number, length: number): Content {
  const out = new Map(pages);
  for (const [page, bytes] of pages) {
    const [from, to] = [Math.max(off - page * PAGE, 0), Math.min(off + length - page * PAGE, PAGE)];
    if (from >= to) continue;
    if (from === 0 && to === PAGE) out.delete(page);
    else out.set(page, bytes.slice().fill(0, from, to));
  }
  return { size, pages: out };
}

/** Cut off, or grown by zeros. */
export function resized(content: Content, size: number): Content {
  const kept = size < content.size ? zeroed(content, size, content.size - size).pages : content.pages;
  return { size, pages: kept };
}

export function bytesOf({ pages }: Content, off: number, length: number): Uint8Array {
  const out = new Uint8Array(length);
  for (const { page, within, at, len } of pagesOf(off, length)) {
    const bytes = pages.get(page);
    if (bytes !== undefined) out.set(bytes.subarray(within, within + len), at);
  }
  return out;
}

/** Where `data`, which begins at `off`, differs first; null where it does not. */
export function firstDifference(content: Content, off: number, data: Data): number | null {
  const end = off + data.length;
  for (const page of pagesToLookAt(content, off, data)) {
    const [from, to] = [Math.max(off, page * PAGE), Math.min(end, (page + 1) * PAGE)];
    const [found, wanted] = [bytesOfData(data, from - off, to - from), bytesOf(content, from, to - from)];
    if (Buffer.compare(found, wanted) !== 0) return from + found.findIndex((byte, at) => byte !== wanted[at]);
  }
  return null;
}

/** Where two contents differ first within a stretch; null where they do not. */
export function firstChange(a: Content, b: Content, off: number, length: number): number | null {
  for (const page of [...new Set([...a.pages.keys(), ...b.pages.keys()])].sort((x, y) => x - y)) {
    if (a.pages.get(page) === b.pages.get(page)) continue;
    const [from, to] = [Math.max(off, page * PAGE), Math.min(off + length, (page + 1) * PAGE)];
    if (from >= to) continue;
    const [one, other] = [bytesOf(a, from, to - from), bytesOf(b, from, to - from)];
    if (Buffer.compare(one, other) !== 0) return from + one.findIndex((byte, at) => byte !== other[at]);
  }
  return null;
}

/** Pages that hold something in either; the others are zeros in both. */
function pagesToLookAt({ pages }: Content, off: number, data: Data): number[] {
  const out = new Set<number>();
  for (const page of pages.keys()) if ((page + 1) * PAGE > off && page * PAGE < off + data.length) out.add(page);
  for (const extent of data.extents) {
    if (extent.source.kind === 'fill' && extent.source.byte === 0) continue;
    for (const { page } of pagesOf(off + extent.off, extent.len)) out.add(page);
  }
  return [...out].sort((a, b) => a - b);
}

interface PagePart {
  readonly page: number;
  readonly within: number;
  /** From the beginning of the stretch. */
  readonly at: number;
  readonly len: number;
}

function* pagesOf(off: number, length: number): Generator<PagePart> {
  for (let at = 0; at < length; ) {
    const page = Math.floor((off + at) / PAGE);
    const within = (off + at) % PAGE;
    const len = Math.min(PAGE - within, length - at);
    yield { page, within, at, len };
    at += len;
  }
}
