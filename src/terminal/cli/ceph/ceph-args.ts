import type { ArgType } from '../command.ts';
import { addressProblem } from './address-arg.ts';

/** What the value of a `ceph` command's argument must be; checked by the tool before the monitor is asked. */
export type CephArgKind =
  | { readonly kind: 'string'; readonly goodchars?: string }
  | { readonly kind: 'int'; readonly range?: readonly [min: number, max?: number] }
  | { readonly kind: 'float'; readonly range?: readonly [min: number, max?: number] }
  | { readonly kind: 'choices'; readonly choices: readonly string[] }
  | { readonly kind: 'bool' }
  | { readonly kind: 'pool' }
  | { readonly kind: 'object' }
  | { readonly kind: 'osd' }
  | { readonly kind: 'pgid' }
  | { readonly kind: 'uuid' }
  | { readonly kind: 'address' };

/** One argument of a command: positional, and `--name value` or `--name=value` as well. */
export interface CephArg {
  /** With underscores; on the command line, dashes will do. */
  readonly name: string;
  readonly type: CephArgKind;
  readonly optional?: boolean;
  /** Takes one or more. */
  readonly repeat?: boolean;
  readonly summary?: string;
  /** What completion offers, where the kind does not tell. */
  readonly completes?: ArgType;
}

/** A value that does not fit, in the words of the real tool. */
export class CephArgError extends Error {
  override readonly name = 'CephArgError';
}

/**
 * Checks a value; gives it as it is passed on. Throws {@link CephArgError}.
 * @ceph src/pybind/ceph_argparse.py CephArgtype and those derived from it — the kinds named above, exact
 */
export function checkValue(type: CephArgKind, value: string): string {
  switch (type.kind) {
    case 'int':
      return numberWithin(value, /^[+-]?\d+$/, 'an int', type.range, false);
    case 'float':
      return numberWithin(value, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a float', type.range, true);
    case 'choices':
      if (type.choices.includes(value)) return value;
      throw new CephArgError(`${value} not in ${type.choices.join('|')}`);
    case 'bool':
      if (value === 'true' || value === 'false') return value;
      throw new CephArgError(`${value} not one of 'true', 'false'`);
    case 'osd':
      return osdNumber(value);
    case 'pgid':
      return pgid(value);
    case 'string':
      return goodText(value, type.goodchars);
    case 'uuid':
      if (/^[0-9a-f]{32}$/i.test(value.replaceAll('-', ''))) return value;
      throw new CephArgError(`invalid UUID ${value}: badly formed hexadecimal UUID string`);
    case 'address':
      return address(value);
    default:
      return value;
  }
}

function goodText(value: string, goodchars: string | undefined): string {
  if (goodchars === undefined) return value;
  const bad = value.replace(new RegExp(goodchars.replace('-_', '\\-_'), 'g'), '');
  if (bad === '') return value;
  throw new CephArgError(`invalid chars ${bad} in ${value}`);
}

function numberWithin(
  value: string,
  form: RegExp,
  what: string,
  range: readonly [min: number, max?: number] | undefined,
  float: boolean,
): string {
  if (!form.test(value)) throw new CephArgError(`${value} doesn't represent ${what}`);
  const number = Number(value);
  const [min, max] = range ?? [];
  if ((min !== undefined && number < min) || (max !== undefined && number > max)) {
    const bounds = range?.map((bound) => pythonNumber(bound ?? 0, float)).join(', ');
    throw new CephArgError(`${pythonNumber(number, float)} not in range [${bounds}]`);
  }
  return value;
}

/** A number as Python prints it: floats always with a point. */
function pythonNumber(value: number, float: boolean): string {
  return float && Number.isInteger(value) ? `${value}.0` : String(value);
}

function osdNumber(value: string): string {
  const [type, id] = value.includes('.') ? value.split('.', 2) : ['osd', value];
  if (type !== 'osd') throw new CephArgError(`unknown type ${type}`);
  if (id === undefined || !/^[+-]?\d+$/.test(id)) throw new CephArgError(`osd id ${id} not integer`);
  if (Number(id) < 0) throw new CephArgError(`osd id ${Number(id)} is less than 0`);
  return String(Number(id));
}

function address(value: string): string {
  const problem = addressProblem(value);
  if (problem !== undefined) throw new CephArgError(problem);
  return value;
}

function pgid(value: string): string {
  const [pool, seed] = value.split('.', 2);
  if (seed === undefined) throw new CephArgError('pgid has no .');
  if (pool === undefined || !/^\d+$/.test(pool)) throw new CephArgError(`pool ${pool} not integer`);
  if (!/^[0-9a-f]+$/i.test(seed)) throw new CephArgError(`pgnum ${seed} not hex integer`);
  return `${Number(pool)}.${Number.parseInt(seed, 16).toString(16)}`;
}

/** The argument as a usage line shows it: `<pool>`, `[<pg_num:int>]`, `[--bulk]`. */
export function usageOf(arg: CephArg): string {
  const { name, type } = arg;
  const dots = arg.repeat ? '...' : '';
  if (type.kind === 'bool') return `[--${name.replaceAll('_', '-')}]`;
  const text = `<${type.kind === 'osd' ? 'id|osd.id' : name + usageKind(type)}>${dots}`;
  return arg.optional ? `[${text}]` : text;
}

function usageKind(type: CephArgKind): string {
  if (type.kind === 'choices') return `:${type.choices.join('|')}`;
  return type.kind === 'int' || type.kind === 'float' ? `:${type.kind}` : '';
}

/** The argument as an error message names it: `pool(<poolname>)`. */
export function describedAs(arg: CephArg): string {
  return `${arg.name}(${descriptionOf(arg.type)})${arg.repeat ? '...' : ''}`;
}

function descriptionOf(type: CephArgKind): string {
  switch (type.kind) {
    case 'choices':
      return type.choices.join('|');
    case 'string':
      return type.goodchars === undefined ? '<string>' : `<string(goodchars ${type.goodchars})>`;
    case 'int':
    case 'float':
      return `<${type.kind}${rangeText(type)}>`;
    case 'bool':
      return '<bool>';
    case 'pool':
      return '<poolname>';
    case 'object':
      return '<objectname>';
    case 'osd':
      return '<osdname (id|osd.id)>';
    case 'pgid':
      return '<pgid>';
    case 'uuid':
      return '<uuid>';
    case 'address':
      return '<EntityAddr>';
  }
}

function rangeText(type: CephArgKind & { kind: 'int' | 'float' }): string {
  if (type.range === undefined) return '';
  return `[${type.range.map((bound) => pythonNumber(bound ?? 0, type.kind === 'float')).join('-')}${type.range.length === 1 ? '-' : ''}]`;
}
