const ROW = 16;

/**
 * Bytes as Ceph dumps them: rows of 16, a star for what repeats a row of one byte, the length in hex at the end. Nothing
 * at all for no bytes.
 * @ceph src/common/buffer.cc buffer::list::hexdump — exact
 */
export function cephHexdump(bytes: Uint8Array): string {
  if (bytes.length === 0) return '';
  let text = '';
  let repeated: number | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.subarray(at, at + ROW);
    const byte = at + ROW < bytes.length ? uniformByte(row) : undefined;
    if (byte !== undefined && byte === repeated) {
      if (!starred) text += '*\n';
      starred = true;
      continue;
    }
    // The last row is always shown, and ends no run.
    if (at + ROW < bytes.length) {
      repeated = byte;
      starred = false;
    }
    text += rowText(at, row);
  }
  return `${text}${offsetText(bytes.length)}\n`;
}

/** The one byte that a row consists of. */
function uniformByte(row: Uint8Array): number | undefined {
  return row.every((byte) => byte === row[0]) ? row[0] : undefined;
}

function rowText(at: number, row: Uint8Array): string {
  let hex = '';
  for (let i = 0; i < ROW; i++) {
    if (i === ROW / 2) hex += ' ';
    const byte = row[i];
    hex += byte === undefined ? '   ' : ` ${byte.toString(16).padStart(2, '0')}`;
  }
  let text = '';
  for (const byte of row) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
  return `${offsetText(at)} ${hex}  |${text}|\n`;
}

function offsetText(at: number): string {
  return at.toString(16).padStart(8, '0');
}
