const WIDTH = 5;
const UNITS = ' kMGTPE';

/** A number in five letters, of bytes by 1024 or of other things by 1000: `21.6M`, `   0 `. @ceph src/pybind/mgr/mgr_util.py format_units — exact */
export function shortText(value: number, factor: 1000 | 1024): string {
  let unit = 0;
  while (String(Math.floor(value / factor ** unit)).length > WIDTH - 1) unit++;
  if (unit === 0) return `${String(value).padStart(WIDTH - 1)} `;
  const cut = (value / factor ** unit).toFixed(6).slice(0, WIDTH - 1);
  return `${cut.endsWith('.') ? ` ${cut.slice(0, -1)}` : cut}${UNITS[unit] ?? ''}`;
}
