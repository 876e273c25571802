const UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/** Bytes in five letters at most, as the manager's modules print them: `452.0k`, `18432M`. @ceph src/pybind/mgr/mgr_util.py format_units, width 5 — exact */
export function siText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (Math.trunc(value).toString().length > 5 - 1 && unit < UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  if (unit === 0) return String(bytes);
  return `${trimmed(value, 5)}${UNITS[unit] ?? ''}`;
}

function trimmed(value: number, width: number): string {
  const text = value.toFixed(3);
  return text.slice(0, text.slice(0, width).endsWith('.') ? width - 1 : width);
}
