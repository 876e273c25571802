import { CephError, isErrno } from '../../base/errno.ts';
import { utf8Encode } from '../../base/utf8.ts';
import { type JsonValue, readJson } from '../../codec/json-value.ts';

/** The value of a source-spec. EBADMSG for what is no JSON object. */
export function readSource(text: string): JsonValue {
  try {
    const value = readJson(utf8Encode(text));
    if (!value.isObject) throw new CephError('EBADMSG', 'source-spec is no object');
    return value;
  } catch (error) {
    if (error instanceof CephError) throw new CephError('EBADMSG', 'failed to parse source-spec');
    throw error;
  }
}

/** `type` of a source-spec: `native`, `raw`, `qcow`. EINVAL without, ENOSYS for another. */
export function sourceType(text: string): 'native' | 'raw' | 'qcow' {
  const type = fieldText(readSource(text), 'type');
  if (type === null) throw new CephError('EINVAL', 'failed to locate format type key');
  if (type === 'native' || type === 'raw' || type === 'qcow') return type;
  throw new CephError('ENOSYS', `unknown or unsupported format type '${type}'`);
}

/** The source is an image of this cluster. */
export function isNative(text: string): boolean {
  return sourceType(text) === 'native';
}

/** A source-spec as it is stored: keys in order, no blanks. */
export function canonicalSpec(text: string): string {
  return JSON.stringify(sorted(JSON.parse(text)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** A field that is a text; null where it is not there, or is something else. */
export function fieldText(value: JsonValue, key: string): string | null {
  return optional(() => value.maybe(key)?.text() ?? null);
}

/** Null for what is not there, or is something else. */
function optional<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}
