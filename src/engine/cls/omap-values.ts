import { CephError } from '../base/errno.ts';
import { type ByteString, byteStringOfText, textOfByteString } from '../base/utf8.ts';
import { Decoder, encode } from '../codec/denc.ts';
import type { ObjectContext } from './object-context.ts';

/** Typed values in an object's omap (`read_key`, `write_key` of the classes). */

const ALL = Number.MAX_SAFE_INTEGER;

/** The value under `key`; undefined where there is none. EIO where it does not decode. */
export function readKey<T>(object: ObjectContext, key: string, decode: (decoder: Decoder) => T): T | undefined {
  const bytes = object.omapGet(byteStringOfText(key));
  return bytes === undefined ? undefined : decodeValue(key, bytes, decode);
}

/** As {@link readKey}; ENOENT where there is none. */
export function requireKey<T>(object: ObjectContext, key: string, decode: (decoder: Decoder) => T): T {
  const value = readKey(object, key, decode);
  if (value === undefined) throw new CephError('ENOENT', `omap key ${key}`);
  return value;
}

export function decodeValue<T>(key: string, bytes: Uint8Array, decode: (decoder: Decoder) => T): T {
  try {
    return decode(new Decoder(bytes));
  } catch (error) {
    if (error instanceof CephError) throw new CephError('EIO', `decoding ${key}`);
    throw error;
  }
}

export function hasKey(object: ObjectContext, key: string): boolean {
  return object.omapGet(byteStringOfText(key)) !== undefined;
}

export function writeKey(object: ObjectContext, key: string, value: Uint8Array): void {
  object.omapSet(new Map([[byteStringOfText(key), value]]));
}

export function removeKey(object: ObjectContext, key: string): void {
  object.omapRemove([byteStringOfText(key)]);
}

/** Entries whose keys are `prefix` and a name, for names behind `start`; names without the prefix. */
export function listByPrefix(
  object: ObjectContext,
  prefix: string,
  start = '',
  max = ALL,
): readonly (readonly [name: string, value: Uint8Array])[] {
  const entries = object.omapEntries(byteStringOfText(prefix + start), byteStringOfText(prefix), max);
  return entries.map(([key, value]) => [nameOf(key, prefix), value]);
}

function nameOf(key: ByteString, prefix: string): string {
  return textOfByteString(key).slice(prefix.length);
}

export function u64(value: number): Uint8Array {
  return encode((e) => e.u64(value));
}

export function text(value: string): Uint8Array {
  return encode((e) => e.string(value));
}

export const asU64 = (decoder: Decoder): number => decoder.u64();
export const asText = (decoder: Decoder): string => decoder.string();
export const asTime = (decoder: Decoder): number => decoder.utime();
