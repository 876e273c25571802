const UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'];
/** Digits before the unit, at most. */
const DIGITS = 5;

/** Bytes as the manager's modules print them: `452.0k`, `18432M`. @ceph src/pybind/mgr/mgr_util.py format_units — exact for a width of 6 */
export function siText(bytes: number): string {
  let unit = 0;
  while (String(Math.floor(bytes / 1024 ** unit)).length > DIGITS) unit++;
  // A blank stands for the unit that there is none of.
  if (unit === 0) return `${bytes} `;
  const text = (bytes / 1024 ** unit).toFixed(6).slice(0, DIGITS);
  return `${text.replace(/\.$/, '')}${UNITS[unit] ?? ''}`;
}
