import { scanJson } from '../codec/json-scan.ts';

/** What a file that somebody brings may be. */
export type MapFileKind =
  | 'osdmap'
  | 'incremental'
  | 'crushmap'
  | 'crushmap-text'
  | 'osd-dump-json'
  | 'crush-dump-json'
  | 'df-json'
  | 'pg-dump-json'
  | 'unknown';

/**
 * What a file seems to be, by its first bytes or the keys of its JSON. It says nothing about whether the file can be
 * read: a map that is cut off, damaged or of a later release is still told as what it is, so that its decoder can say
 * what is wrong.
 */
export function sniffMapFile(bytes: Uint8Array): MapFileKind {
  const first = firstInk(bytes);
  if (first === OPEN_OBJECT || first === OPEN_LIST) return jsonKind(bytes);
  if (startsWith(bytes, CRUSH_MAGIC)) return 'crushmap';
  if (isMapHeader(bytes)) return isIncremental(bytes) ? 'incremental' : 'osdmap';
  return isCrushText(bytes) ? 'crushmap-text' : 'unknown';
}

const [OPEN_LIST, OPEN_OBJECT] = [0x5b, 0x7b] as const;
const CRUSH_MAGIC = [0, 0, 1, 0] as const;
const WHITE = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x20]);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

function startsWith(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, at) => bytes[at] === byte);
}

/** The first byte that is not white space. */
function firstInk(bytes: Uint8Array): number | undefined {
  let at = startsWith(bytes, BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
  while (WHITE.has(bytes[at] ?? 0)) at++;
  return bytes[at];
}

/** Two structures, one in the other: versions of at least 7 and 1, each with a length that the outer one holds. */
function isMapHeader(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) return false;
  const [version = 0, compat = 0] = [bytes[0], bytes[1]];
  const [innerVersion = 0, innerCompat = 0] = [bytes[6], bytes[7]];
  const fits = view.getUint32(8, true) + 6 <= view.getUint32(2, true);
  return fits && compat >= 7 && compat <= version && innerCompat >= 1 && innerCompat <= innerVersion && version < 64;
}

/** Where, after the fsid, the epoch and a time, a map has a second time and an Incremental the highest pool id. */
const AFTER_TIME = 40;
/** Pool ids do not come so high, and times before 1971 are none. */
const MOST_POOLS = 31_536_000;

function isIncremental(bytes: Uint8Array): boolean {
  if (bytes.length < AFTER_TIME + 12) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [low, high] = [view.getInt32(AFTER_TIME, true), view.getInt32(AFTER_TIME + 4, true)];
  if (low === -1 && high === -1) return true;
  if (low === 0 && high === 0) return isNoMap(view);
  return low >= 0 && low < MOST_POOLS && high === 0;
}

/** An Incremental from before the first pool: flags that stay as they are, and no full map. */
function isNoMap(view: DataView): boolean {
  return view.getInt32(AFTER_TIME + 8, true) === -1;
}

/** Keys by which dumps are told apart; those that a kind needs all. */
const JSON_KINDS: readonly (readonly [MapFileKind, readonly string[]])[] = [
  ['osd-dump-json', ['epoch', 'pools', 'osds', 'max_osd']],
  ['crush-dump-json', ['devices', 'types', 'buckets', 'rules']],
  ['pg-dump-json', ['pg_map']],
  ['pg-dump-json', ['pool_stats']],
  ['pg-dump-json', ['pg_stats', 'osd_stats']],
  ['df-json', ['stats', 'pools']],
];

function jsonKind(bytes: Uint8Array): MapFileKind {
  const keys = new Set(scanJson(bytes).keys);
  return JSON_KINDS.find(([, needed]) => needed.every((key) => keys.has(key)))?.[0] ?? 'unknown';
}

/** How much of a text is looked at. */
const HEAD_BYTES = 65_536;
const CRUSH_WORDS = /^[ \t]*(?:tunable\s|device\s+\d|type\s+\d|rule\s|choose_args\s|[-\w.]+\s+[-\w.]+\s*\{)/m;

function isCrushText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, HEAD_BYTES);
  if (head.some((byte) => byte < 0x20 && !WHITE.has(byte))) return false;
  let text = '';
  for (const byte of head) text += String.fromCharCode(byte);
  return CRUSH_WORDS.test(text);
}
