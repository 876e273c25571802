/** How fast files are: memory's pace. */
const BYTES_PER_US = 4000;

/** Virtual time of an access. Each takes some, so that whoever copies without end can be stopped. */
export function accessTime_us(bytes: number): number {
  return 1 + Math.max(0, Math.ceil(bytes / BYTES_PER_US));
}
