import { ONE } from './fixed.ts';

/**
 * A 16.16 weight as CRUSH's text form prints it: five decimals of the 32-bit float nearest to it, halves to even.
 *
 * @ceph src/crush/CrushCompiler.cc print_fixedpoint — exact
 */
export function fixedPointText(weight: number): string {
  const value = Math.fround(weight | 0);
  // value / 65536 * 100000, and both are whole once multiplied by 2048.
  const scaled = (Math.abs(value) * 3125) / 2048;
  let rounded = Math.round(scaled);
  if (scaled % 1 === 0.5 && rounded % 2 === 1) rounded--;
  const text = String(rounded).padStart(6, '0');
  return `${value < 0 ? '-' : ''}${text.slice(0, -5)}.${text.slice(-5)}`;
}

/** A weight as a 32-bit float in 16.16 fixed point, as C++ turns one into the other: towards zero, 32 bits of it. */
export function fixedOfFloat(weight: number): number {
  const scaled = Math.trunc(Math.fround(Math.fround(weight) * ONE));
  if (!(Math.abs(scaled) < 2 ** 63)) return 0;
  return Number(BigInt.asUintN(32, BigInt(scaled)));
}

/** A number as C++ streams print it: six significant digits, an exponent where it is large or small. */
export function streamText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  if (Object.is(value, -0)) return '-0';
  const [mantissa = '', power = '0'] = value.toExponential(5).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < 6) return trimZeros(value.toFixed(5 - exponent));
  const digits = String(Math.abs(exponent)).padStart(2, '0');
  return `${trimZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${digits}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
