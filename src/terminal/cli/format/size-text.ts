import { fixedText } from './fixed-text.ts';

const BINARY_UNITS = [' B', ' KiB', ' MiB', ' GiB', ' TiB', ' PiB', ' EiB'];
const DECIMAL_UNITS = ['', 'k', 'M', 'G', 'T', 'P', 'E'];

/**
 * Bytes as people read them: `449 KiB`, `8.4 MiB`, `100 GiB`.
 * @ceph src/include/types.h byte_u_t — exact
 */
export function byteText(bytes: number): string {
  return scaledText(bytes, 1024, BINARY_UNITS);
}

/**
 * A count as people read it: `25.60k`.
 * @ceph src/include/types.h si_u_t — exact
 */
export function countText(count: number): string {
  return scaledText(count, 1000, DECIMAL_UNITS);
}

/** The number by the largest unit that it reaches, with as many decimals as fit into seven characters. */
function scaledText(value: number, base: number, units: readonly string[]): string {
  let index = 0;
  while (value >= base ** (index + 1) && index < units.length - 1) index++;
  const scale = base ** index;
  const unit = units[index] ?? '';
  if (value % scale === 0) return `${value / scale}${unit}`;
  for (let decimals = 2; decimals > 0; decimals--) {
    const text = `${fixedText(value / scale, decimals)}${unit}`;
    if (text.length <= 7) return text;
  }
  return `${fixedText(value / scale, 0)}${unit}`;
}
