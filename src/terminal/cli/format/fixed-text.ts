/**
 * A number with that many decimals, rounded as printf rounds: what lies exactly between two goes to the even one,
 * where toFixed goes up.
 */
export function fixedText(value: number, decimals: number): string {
  const scaled = Math.abs(value) * 10 ** decimals;
  const tie = scaled % 1 === 0.5 && (value * 2 ** (decimals + 1)) % 1 === 0;
  if (!tie) return value.toFixed(decimals);
  const even = Math.floor(scaled) + (Math.floor(scaled) % 2);
  return ((Math.sign(value) * even) / 10 ** decimals).toFixed(decimals);
}

/** A number as `%.17g` prints it: all digits that a double has, without trailing zeros. */
export function doubleText(value: number): string {
  return generalText(value, 17);
}

/** A number as `%.Ng` prints it: `digits` significant digits, an exponent where it is large or small. */
export function generalText(value: number, digits: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 10 ** Math.min(digits, 15)) return String(value);
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  const [mantissa = '', power = '0'] = value.toExponential(digits - 1).split('e');
  const exponent = Number(power);
  if (exponent >= -4 && exponent < digits) return trimZeros(value.toFixed(Math.min(100, digits - 1 - exponent)));
  const sign = exponent < 0 ? '-' : '+';
  return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
