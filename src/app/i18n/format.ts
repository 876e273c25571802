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

/** Seconds as whole minutes and the whole seconds that are left: never 60 of them. */
export function minutesAndSeconds(s: number): readonly [min: number, s: number] {
  const whole = Math.round(s);
  return [Math.floor(whole / 60), whole % 60];
}

/** Virtual microseconds as a short duration: `3.2 s`, `48 ms`, `120 µs`. */
export function formatDuration(us: number): string {
  if (us >= 60_000_000) {
    const [min, s] = minutesAndSeconds(us / 1_000_000);
    return `${min} min ${s} s`;
  }
  if (us >= 1_000_000) return `${Math.round(us / 100_000) / 10} s`;
  if (us >= 1000) return `${Math.round(us / 1000)} ms`;
  return `${us} µs`;
}
