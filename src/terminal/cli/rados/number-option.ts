import type { ParsedArgs } from '../command.ts';

/** Powers of two that the letters stand for. */
const UNITS: Readonly<Record<string, number>> = { K: 10, M: 20, G: 30, T: 40, P: 50, E: 60, B: 0 };
const MOST_S64 = 2n ** 63n - 1n;
const MOST_U64 = 2n ** 64n - 1n;

/** Options that take a number, in the order in which the tool looks at them, with the name that its message has. */
const NUMBERS: readonly (readonly [long: string, name?: string])[] = [
  ['concurrent-ios'],
  ['block-size'],
  ['object-size'],
  ['max-objects'],
  ['offset'],
  ['snapid'],
  ['min-object-size'],
  ['max-object-size'],
  ['min-op-len'],
  ['max-op-len'],
  ['max-ops'],
  ['max-backlog'],
  ['target-throughput'],
  ['read-percent'],
  ['num-objects'],
  ['run-length'],
];
/** Looked at after the format, and those that name files. */
const LATE_NUMBERS: typeof NUMBERS = [['omap-read-max-return'], ['offset-align', 'offset_align']];

/** What is wrong with the numbers of a line; undefined where nothing is. */
export function numberFault(args: ParsedArgs, late = false): string | undefined {
  for (const [long, name = long] of late ? LATE_NUMBERS : NUMBERS) {
    const fault = optionFault(args, long, name);
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** The same for one option. */
export function optionFault(args: ParsedArgs, long: string, name = long): string | undefined {
  const text = args.options.get(long)?.at(-1);
  const value = text === undefined ? 0 : iecNumber(text);
  return typeof value === 'string' ? `Invalid value for ${name}: ${value}` : undefined;
}

/** The number of an option that {@link numberFault} has passed; `usual` where the line has none. */
export function numberOption(args: ParsedArgs, long: string, usual: number): number {
  const text = args.options.get(long)?.at(-1);
  const value = text === undefined ? usual : iecNumber(text);
  return typeof value === 'number' ? value : usual;
}

/**
 * A whole number with a binary unit; the message where it is none.
 * @ceph src/common/strtol.cc strict_iecstrtoll — exact
 */
export function iecNumber(text: string): number | string {
  if (text === '') return 'strict_iecstrtoll: value not specified';
  const at = text.search(/[^0-9+-]/);
  const digits = at < 0 ? text : text.slice(0, at);
  const power = at < 0 ? 0 : unitPower(text.slice(at));
  if (typeof power === 'string') return power;
  // The whole text is shown where nothing but the unit is there: there is no number to show.
  if (!/^[+-]?\d+$/.test(digits)) return `Expected option value to be integer, got '${digits}'`;
  const value = BigInt(digits.replace('+', ''));
  if (value > MOST_S64 || value < -MOST_S64 - 1n) return `The option value '${digits}' seems to be invalid`;
  if (value < 0n) return 'strict_iecstrtoll: value should not be negative';
  if (value > MOST_U64 >> BigInt(power)) return 'strict_iecstrtoll: value seems to be too large';
  return Number(value << BigInt(power));
}

function unitPower(written: string): number | string {
  const unit = written.length > 1 && written.endsWith('B') ? written.slice(0, -1) : written;
  if (unit.length > 2) return 'strict_iecstrtoll: illegal prefix (length > 2)';
  if (!unit.endsWith('i') && unit.length !== 1) return `strict_iecstrtoll: illegal prefix '${unit}' `;
  if (unit === 'Bi') return 'strict_iecstrtoll: illegal prefix "Bi"';
  return UNITS[unit[0] ?? ''] ?? `strict_iecstrtoll: unit prefix not recognized '${unit}' `;
}
