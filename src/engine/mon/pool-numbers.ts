import { type MonAnswer, refused } from './mon-answer.ts';

/** Numbers of `ceph osd pool set`; what is wrong with them is told in one of two ways, by the variable. */

export function wholeNumber(value: string, what: 'integer value' | 'int' = 'integer value'): number | MonAnswer {
  if (/^[+-]?\d{1,15}$/.test(value)) return Number(value);
  return refused('EINVAL', `error parsing ${what} '${value}': Expected option value to be integer, got '${value}'`);
}

export function decimal(
  value: string,
  what: 'floating point value' | 'float' = 'floating point value',
): number | MonAnswer {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value)) return Number(value);
  return refused('EINVAL', `error parsing ${what} '${value}': strict_strtod: expected double, got: '${value}'`);
}
