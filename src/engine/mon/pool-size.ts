/** `osd_pool_default_min_size` is 2 here, and never more than the size. */
export function defaultMinSize(size: number): number {
  return Math.min(2, size);
}

export const SIZE_ONE_WARNING =
  'WARNING: setting pool size 1 could lead to data loss without recovery. ' +
  'If you are *ABSOLUTELY CERTAIN* that is what you want, pass the flag --yes-i-really-mean-it.';
