import { CephError } from '../base/errno.ts';

const SHIFTS: Readonly<Record<string, number>> = { B: 0, K: 10, M: 20, G: 30, T: 40, P: 50, E: 60 };

/**
 * A stripe_unit such as 4096, 4K, 4KB or 4Ki, in bytes. Throws EINVAL with the whole line that the monitor shows.
 *
 * @ceph src/common/strtol.cc strict_iecstrtoll
 */
export function parseStripeUnit(text: string): number {
  const value = iecOf(text);
  if (typeof value === 'number') return value;
  throw new CephError('EINVAL', `could not parse stripe_unit '${text}': ${value.error}`);
}

function iecOf(text: string): number | { readonly error: string } {
  if (text === '') return { error: 'strict_iecstrtoll: value not specified' };
  const digits = /^[-+\d]*/.exec(text)?.[0] ?? '';
  const unit = text.slice(digits.length);
  if (unit.length > 2) return { error: 'strict_iecstrtoll: illegal prefix (length > 2)' };
  if (unit.length === 2 && unit[1] !== 'i' && unit[1] !== 'B')
    return { error: `strict_iecstrtoll: illegal prefix '${unit}' ` };
  const letter = unit[0] ?? 'B';
  if (!Object.hasOwn(SHIFTS, letter)) return { error: `strict_iecstrtoll: unit prefix not recognized '${unit}' ` };
  if (!/^[-+]?\d+$/.test(digits)) return { error: `Expected option value to be integer, got '${digits}'` };
  const value = Number(digits) * 2 ** (SHIFTS[letter] ?? 0);
  if (value < 0) return { error: 'strict_iecstrtoll: value should not be negative' };
  if (!Number.isSafeInteger(value)) return { error: `The option value '${digits}' seems to be invalid` };
  return value;
}
