const UNITS: readonly (readonly [shift: number, unit: string])[] = [
  [50, 'PB'],
  [40, 'TB'],
  [30, 'GB'],
  [20, 'MB'],
  [10, 'kB'],
];

/**
 * Bytes as people read them then: `102400 MB`, `4096 kB`. A unit is used from a hundred of it on, and what is left over is cut off.
 * @ceph src/include/types.h prettybyte_t — as in 0.80
 */
export function oldByteText(bytes: number): string {
  for (const [shift, unit] of UNITS) {
    if (bytes > 100 * 2 ** shift) return `${Math.floor(bytes / 2 ** shift)} ${unit}`;
  }
  return `${bytes} bytes`;
}
