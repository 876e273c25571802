/** dd's last line: `8388608 bytes (8.4 MB, 8.0 MiB) copied, 0.316369 s, 26.5 MB/s`; without the MiB as it was before coreutils 8.25. */
export function summary(bytes: number, elapsed_us: number, progress: boolean, old = false): string {
  const seconds = elapsed_us / 1e6;
  const sizes = [human(bytes, 1000, 'B'), human(bytes, 1024, 'iB')].filter(
    (text, index) => bytes >= (index === 0 ? 1000 : 1024) && text !== '',
  );
  const inBrackets = sizes.length > 0 ? ` (${sizes.slice(0, old ? 1 : 2).join(', ')})` : '';
  const time = progress ? `${seconds.toFixed(0)} s` : `${shortNumber(seconds)} s`;
  const rate =
    elapsed_us > 0
      ? `${human(bytes / seconds, 1000, 'B', 1e6 % elapsed_us === 0 || elapsed_us % 1e6 === 0)}/s`
      : 'Infinity B/s';
  return `${bytes} byte${bytes === 1 ? '' : 's'}${inBrackets} copied, ${time}, ${rate}`;
}

/** Six significant digits, as C's %g writes them. */
function shortNumber(value: number): string {
  if (value === 0) return '0';
  const magnitude = Math.floor(Math.log10(value));
  if (magnitude < -4) {
    return value
      .toExponential(5)
      .replace(/\.?0+e/, 'e')
      .replace(/e([+-])(\d)$/, 'e$10$2');
  }
  const text = value.toFixed(Math.max(0, 5 - magnitude));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/**
 * A size as gnulib's human_readable writes it: one decimal below ten (`8.4 MB`, `26 kB`). A rate that is not a
 * whole number of bytes keeps its decimal up to four characters (`26.5 MB/s`).
 */
function human(value: number, base: number, suffix: string, whole = true): string {
  const units = ['', base === 1000 ? 'k' : 'K', 'M', 'G', 'T', 'P', 'E'];
  let unit = 0;
  let scaled = value;
  while (unit < units.length - 1 && scaled >= base) {
    scaled /= base;
    unit++;
  }
  const decimals = unit === 0 && whole ? 0 : scaled < (whole ? 9.95 : 99.95) ? 1 : 0;
  const text = roundHalfEven(scaled, decimals);
  if (Number(text) >= base && unit < units.length - 1) return `1.0 ${units[unit + 1]}${suffix}`;
  return `${text} ${unit === 0 ? 'B' : `${units[unit]}${suffix}`}`;
}

function roundHalfEven(value: number, digits: number): string {
  const factor = 10 ** digits;
  const scaled = value * factor;
  const floor = Math.floor(scaled);
  const rest = scaled - floor;
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 === 1);
  return ((up ? floor + 1 : floor) / factor).toFixed(digits);
}
