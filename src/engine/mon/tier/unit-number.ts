const UNITS = ['K', 'M', 'G', 'T', 'P', 'E'];

/**
 * A number that may have a unit: powers of 1024 for bytes, of 1000 for objects; what is wrong with it where it is none.
 * @ceph src/common/strtol.cc strict_iec_cast, strict_si_cast — one letter, and `i` behind it for bytes
 */
export function unitNumber(text: string, isBytes: boolean): number | string {
  const match = /^([+-]?\d*)(.*)$/.exec(text);
  const [digits, unit] = [match?.[1] ?? '', match?.[2] ?? ''];
  const power = powerOf(unit, isBytes);
  if (power === undefined)
    return isBytes
      ? `strict_iecstrtoll: unit prefix not recognized '${unit}' `
      : 'strict_si_cast: unit prefix not recognized';
  if (!/\d/.test(digits)) return `Expected option value to be integer, got '${text}'`;
  const value = Number(digits) * (isBytes ? 1024 : 1000) ** power;
  if (value < 0) return `${isBytes ? 'strict_iecstrtoll' : 'strict_sistrtoll'}: value should not be negative`;
  return Number.isSafeInteger(value) ? value : `The option value '${text}' seems to be too large`;
}

function powerOf(unit: string, isBytes: boolean): number | undefined {
  if (unit === '' || unit === 'B') return 0;
  const at = UNITS.indexOf(isBytes && unit.length === 2 && unit.endsWith('i') ? unit.slice(0, 1) : unit);
  return at < 0 ? undefined : at + 1;
}
