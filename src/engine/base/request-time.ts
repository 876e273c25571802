/** Virtual time: of a request and its answer, and of bytes on the network and on disk. */
export const OP_US = 400;
const READ_BYTES_PER_US = 400;
const WRITE_BYTES_PER_US = 150;

/** How long a request takes that moves so many bytes on its OSDs. */
export function requestTime_us(readBytes: number, writeBytes: number): number {
  return OP_US + Math.round(readBytes / READ_BYTES_PER_US) + Math.round(writeBytes / WRITE_BYTES_PER_US);
}
