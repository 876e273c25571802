const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** `4 MiB`, `1.5 KiB`, `512 B`: at most one decimal, as the page shows sizes (Ceph's own output does not come here). */
export function formatBytes(count: number): string {
  let unit = 0;
  let value = count;
  while (value >= 1024 && unit < UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const rounded = value >= 100 || Number.isInteger(value) ? Math.round(value) : Math.round(value * 10) / 10;
  return `${rounded} ${UNITS[unit] ?? ''}`;
}

/** Virtual microseconds as a short duration: `3.2 s`, `48 ms`, `120 µs`. */
export function formatDuration(us: number): string {
  if (us >= 60_000_000) return `${Math.floor(us / 60_000_000)} min ${Math.round((us % 60_000_000) / 1_000_000)} s`;
  if (us >= 1_000_000) return `${Math.round(us / 100_000) / 10} s`;
  if (us >= 1000) return `${Math.round(us / 1000)} ms`;
  return `${us} µs`;
}
