/**
 * CRC-32C (Castagnoli) as Ceph uses it: a running value without the customary inversions, so that
 * `crc32c(0, zeros)` is 0. Eight bytes a step, by eight tables.
 * @ceph src/common/crc32c.cc ceph_crc32c — exact
 */
export function crc32c(seed: number, bytes: Uint8Array, from = 0, to = bytes.length): number {
  let crc = seed | 0;
  let at = from;
  for (; at + 8 <= to; at += 8) {
    crc ^= byte(bytes, at) | (byte(bytes, at + 1) << 8) | (byte(bytes, at + 2) << 16) | (byte(bytes, at + 3) << 24);
    crc =
      entry(0x700 | (crc & 0xff)) ^
      entry(0x600 | ((crc >>> 8) & 0xff)) ^
      entry(0x500 | ((crc >>> 16) & 0xff)) ^
      entry(0x400 | (crc >>> 24)) ^
      entry(0x300 | byte(bytes, at + 4)) ^
      entry(0x200 | byte(bytes, at + 5)) ^
      entry(0x100 | byte(bytes, at + 6)) ^
      entry(byte(bytes, at + 7));
  }
  for (; at < to; at++) crc = entry((crc ^ byte(bytes, at)) & 0xff) ^ (crc >>> 8);
  return crc >>> 0;
}

/**
 * The value of a block that ends at `end` and had the value `crc`, after its bytes from `from` up to (without) `to` went from
 * `before` to `after`: the time goes by what has changed, not by the block. Values without inversions are linear.
 */
export function crc32cOfChange(
  crc: number,
  before: Uint8Array,
  after: Uint8Array,
  { from, to, end }: { readonly from: number; readonly to: number; readonly end: number },
): number {
  let change = 0;
  for (let at = from; at < to; at++)
    change = entry((change ^ byte(before, at) ^ byte(after, at)) & 0xff) ^ (change >>> 8);
  return (crc ^ behindZeros(change, end - to)) >>> 0;
}

/** The running value `crc` after so many bytes of zeros. */
function behindZeros(crc: number, count: number): number {
  let value = crc;
  for (let power = 0; count >>> power !== 0; power++)
    if (((count >>> power) & 1) === 1) value = skipZeros(zeroTable(power), value);
  return value;
}

/** What 2 ** power bytes of zeros make of each byte of a value: 256 entries for its lowest byte, then for the next. */
function zeroTable(power: number): Int32Array {
  let table = ZERO_TABLES[power];
  if (table === undefined) {
    const half = power === 0 ? null : zeroTable(power - 1);
    const skip = (value: number) =>
      half === null ? entry(value & 0xff) ^ (value >>> 8) : skipZeros(half, skipZeros(half, value));
    table = Int32Array.from({ length: 4 * 256 }, (_, at) => skip((at & 0xff) << (8 * (at >>> 8))));
    ZERO_TABLES[power] = table;
  }
  return table;
}

const ZERO_TABLES: Int32Array[] = [];

function skipZeros(table: Int32Array, value: number): number {
  return (
    (table[value & 0xff] ?? 0) ^
    (table[0x100 | ((value >>> 8) & 0xff)] ?? 0) ^
    (table[0x200 | ((value >>> 16) & 0xff)] ?? 0) ^
    (table[0x300 | (value >>> 24)] ?? 0)
  );
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

function entry(at: number): number {
  return TABLES[at] ?? 0;
}

/** Table n, at 256 * n: what a byte does to the value with n bytes of zeros behind it. */
const TABLES = makeTables();

function makeTables(): Int32Array {
  const tables = new Int32Array(8 * 256);
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 1) === 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
    tables[value] = crc;
  }
  for (let at = 256; at < tables.length; at++) {
    const before = tables[at - 256] ?? 0;
    tables[at] = (tables[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return tables;
}
