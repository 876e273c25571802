import { type MonAnswer, refused } from '../mon-answer.ts';
import { CONFIG_OPTIONS, type ConfigOption } from './options.ts';

/** A value as it is kept, or why it is none. */
export function parseConfigValue(option: ConfigOption, text: string): { readonly value: string } | MonAnswer {
  const problem = (why: string): MonAnswer => refused('EINVAL', `error parsing value: ${why}`);
  const { type, choices, min, max } = option;
  if (choices !== undefined && !choices.includes(text))
    return problem(`'${text}' is not one of the permitted values: ${choices.join(', ')}`);
  if (type === 'str') return { value: text };
  if (type === 'bool') return flag(text, problem);
  const number = type === 'float' ? decimal(text) : whole(text, type);
  if (typeof number === 'string') return problem(number);
  if (min !== undefined && number < min) return problem(`Value '${text}' is below minimum ${min}`);
  if (max !== undefined && number > max) return problem(`Value '${text}' exceeds maximum ${max}`);
  return { value: type === 'float' ? number.toFixed(6) : String(number) };
}

/** The value of an option by its name; null where there is no such option, or it is no value of it. */
export function keptValue(name: string, text: string): string | null {
  const option = CONFIG_OPTIONS.get(name);
  const parsed = option === undefined ? null : parseConfigValue(option, text);
  return parsed !== null && 'value' in parsed ? parsed.value : null;
}

function flag(text: string, problem: (why: string) => MonAnswer): { readonly value: string } | MonAnswer {
  if (text === 'true' || text === 'false') return { value: text };
  if (/^[+-]?\d{1,9}$/.test(text)) return { value: Number(text) === 0 ? 'false' : 'true' };
  return problem(`Expected option value to be integer, got '${text}'`);
}

function decimal(text: string): number | string {
  if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return Number(text);
  return `strict_strtod: expected double, got: '${text}'`;
}

const UNITS = ['', 'K', 'M', 'G', 'T', 'P', 'E'];

/** @ceph src/common/strtol.cc strict_si_cast, strict_iec_cast — exact but for numbers that do not fit */
function whole(text: string, type: ConfigOption['type']): number | string {
  const bytes = type === 'size';
  const cast = bytes ? 'strict_iec_cast' : 'strict_si_cast';
  const match = /^([+-]?\d{1,15})([A-Za-z]*)$/.exec(text);
  if (type === 'secs') return match?.[2] === '' ? Number(text) : `invalid time: '${text}'`;
  const unit = (match?.[2] ?? '').replace(bytes ? /i?B?$/ : /B$/, '').toUpperCase();
  const power = UNITS.indexOf(unit);
  if (match === null || power < 0) return `${cast}: unit prefix not recognized`;
  const number = Number(match[1]);
  if (number < 0 && type !== 'int') return `strict_${bytes ? 'ie' : 'si'}strtoll: value should not be negative`;
  return number * (bytes ? 1024 : 1000) ** power;
}
