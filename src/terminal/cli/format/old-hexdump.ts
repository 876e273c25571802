const ROW = 16;

/** Bytes as Ceph dumped them up to Firefly. @ceph src/common/buffer.cc buffer::list::hexdump — as in 0.80 */
export function oldHexdump(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += ROW) text += rowText(at, bytes.subarray(at, at + ROW));
  return text;
}

function rowText(at: number, row: Uint8Array): string {
  const hex = Array.from(row, (byte) => ` ${byte.toString(16).padStart(2, '0')}`).join('');
  const text = Array.from(row, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
  return `${at.toString(16).padStart(4, '0')} :${hex.padEnd(ROW * 3)} : ${text}\n`;
}
