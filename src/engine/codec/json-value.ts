import { type ByteString, byteStringOf, textOfByteString } from '../base/utf8.ts';
import { DecodeError } from './decode-error.ts';
import { withoutEscapes } from './json-escapes.ts';
import { scanJson } from './json-scan.ts';

/**
 * A JSON value that is read field by field; what is not as it must be is a {@link DecodeError} that names the field.
 * Texts in it are kept as bytes: a single letter that is none of Latin-1 would double what all take.
 */
export class JsonValue {
  readonly #value: unknown;
  readonly #holder: JsonValue | undefined;
  /** Its key in the object that holds it, or its place in the list. */
  readonly #key: string | number;

  constructor(value: unknown, holder?: JsonValue, key: string | number = '') {
    this.#value = value;
    this.#holder = holder;
    this.#key = key;
  }

  get #path(): string {
    const before = this.#holder === undefined ? '' : this.#holder.#path;
    if (typeof this.#key === 'number') return `${before}[${this.#key}]`;
    return before === '' ? this.#key : `${before}.${this.#key}`;
  }

  /** A field; undefined where it is not there. */
  maybe(key: string): JsonValue | undefined {
    const value = Object.hasOwn(this.#object(), key) ? this.#object()[key] : undefined;
    return value === undefined ? undefined : new JsonValue(value, this, key);
  }

  at(key: string): JsonValue {
    return this.maybe(key) ?? this.refuse(`no field "${key}"`);
  }

  /** Fields of an object, with their keys. */
  entries(): [key: string, value: JsonValue][] {
    return Object.entries(this.#object()).map(([bytes, each]) => {
      const key = decoded(bytes);
      return [key, new JsonValue(each, this, key)];
    });
  }

  list(): JsonValue[] {
    if (!Array.isArray(this.#value)) return this.refuse('not a list');
    return this.#value.map((each, index) => new JsonValue(each, this, index));
  }

  /** What a list holds, one after another: for lists that are long. */
  *each(): Generator<JsonValue> {
    if (!Array.isArray(this.#value)) return this.refuse('not a list');
    for (const [index, each] of this.#value.entries()) yield new JsonValue(each, this, index);
  }

  get isList(): boolean {
    return Array.isArray(this.#value);
  }

  get isObject(): boolean {
    return typeof this.#value === 'object' && this.#value !== null && !Array.isArray(this.#value);
  }

  /** How many entries a list or an object has. */
  get size(): number {
    return Array.isArray(this.#value) ? this.#value.length : Object.keys(this.#object()).length;
  }

  /** A whole number, which some fields write as text. */
  int(least: number, most: number): number {
    const value = typeof this.#value === 'string' && this.#value !== '' ? Number(this.#value) : this.#value;
    if (typeof value !== 'number' || !Number.isInteger(value)) return this.refuse('not a whole number');
    return value < least || value > most ? this.refuse(`${value} is not from ${least} to ${most}`) : value;
  }

  number(least: number, most: number): number {
    const value = this.#value;
    if (typeof value !== 'number') return this.refuse('not a number');
    return value < least || value > most ? this.refuse(`${value} is not from ${least} to ${most}`) : value;
  }

  /** A truth value, which some fields write as 0 or 1. */
  bool(): boolean {
    if (typeof this.#value === 'boolean') return this.#value;
    return this.int(0, 1) === 1;
  }

  text(): string {
    return typeof this.#value === 'string' ? decoded(this.#value) : this.refuse('not a text');
  }

  /** A number as it is, or a text. */
  scalar(): string | number {
    return typeof this.#value === 'number' ? this.#value : this.text();
  }

  refuse(what: string): never {
    throw new DecodeError('corrupt', what, { offset_bytes: null, field: this.#path === '' ? null : this.#path });
  }

  #object(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return this.refuse('not an object');
    // An object that JSON.parse made has text keys alone.
    return value as Readonly<Record<string, unknown>>;
  }
}

/** Builds JSON within the bounds of {@link scanJson}. Errors: {@link DecodeError} with the offset as far as it is known. */
export function readJson(bytes: Uint8Array): JsonValue {
  const { fault } = scanJson(bytes);
  if (fault !== undefined) throw fault;
  try {
    return new JsonValue(JSON.parse(byteStringOf(withoutEscapes(withoutMark(bytes)))));
  } catch (error) {
    const offset_bytes = Number(/at position (\d+)/.exec(String(error))?.[1] ?? Number.NaN);
    const known = Number.isNaN(offset_bytes) ? null : offset_bytes;
    throw new DecodeError('corrupt', 'not JSON', { offset_bytes: known, field: null });
  }
}

/** Without a mark of the order of bytes. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

function decoded(bytes: string): string {
  // All that is parsed is bytes; most of it ASCII, which is the same either way.
  return /[^\0-\x7f]/.test(bytes) ? textOfByteString(bytes as ByteString) : bytes;
}
