import { lrcError } from './lrc-errors.ts';

/** A value of JSON. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** Texts longer than this are no description of layers. */
const MAX_TEXT = 65536;

/** Parses an array that a profile option holds; a comma before a closing bracket is let through, as in Ceph. */
export function jsonArray(option: string, text: string): readonly Json[] {
  const parsed = text.length > MAX_TEXT ? undefined : parse(text.replace(/,(\s*)\]/g, '$1]'));
  if (parsed === undefined)
    throw lrcError('PARSE_JSON', `failed to parse ${option}='${text}' at line 1, column 1 : not a value`);
  if (!isArray(parsed))
    throw lrcError('ARRAY', `${option}='${text}' must be a JSON array but is of type ${jsonType(parsed)} instead`);
  return parsed;
}

function parse(text: string): Json | undefined {
  try {
    // JSON.parse gives nothing but values of this type.
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

export function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

export function isObject(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !isArray(value);
}

/** json_spirit's number for the type of a value. */
export function jsonType(value: Json): number {
  if (isObject(value)) return 0;
  if (isArray(value)) return 1;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 3;
  if (typeof value === 'number') return Number.isInteger(value) ? 4 : 5;
  return 6;
}
