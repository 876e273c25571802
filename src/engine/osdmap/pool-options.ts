import type { Decoder, Encoder } from '../codec/denc.ts';
import { POOL_OPTIONS, REAL_POOL_OPTIONS } from './names.ts';
import { BUILT_BYTES, decodeDouble, encodeDouble } from './wire.ts';

/** Kinds of values by their numbers. @ceph src/osd/osd_types.h pool_opts_t::type_t */
const [STRING, INTEGER, REAL] = [0, 1, 2] as const;

/** An option of a later release, by its number. */
const UNNAMED = 'option_';

/** Reads `pool_opts_t`: numbers of options with strings, 64-bit integers or doubles. */
export function decodeOptions(decoder: Decoder): Map<string, string | number> {
  return decoder.struct(2, (d, version) => d.map(decodeName, (each) => decodeOption(each, version), BUILT_BYTES.text));
}

function decodeName(decoder: Decoder): string {
  const key = decoder.s32();
  return POOL_OPTIONS[key] ?? `${UNNAMED}${key}`;
}

function decodeOption(decoder: Decoder, version: number): string | number {
  const kind = decoder.s32();
  if (kind === STRING) return decoder.string();
  if (kind === INTEGER) return version >= 2 ? decoder.s64() : decoder.s32();
  if (kind === REAL) return decodeDouble(decoder);
  throw decoder.fault('corrupt', `unknown kind of option ${kind}`);
}

export function encodeOptions(encoder: Encoder, options: ReadonlyMap<string, string | number>): void {
  const sorted = [...options].map(([name, value]) => ({ name, key: keyOf(name), value })).sort((a, b) => a.key - b.key);
  encoder.struct(2, 1, (each) => {
    each.list(sorted, (inner, { name, key, value }) => encodeOption(inner.s32(key), name, value));
  });
}

function keyOf(name: string): number {
  const key = POOL_OPTIONS.indexOf(name);
  return key >= 0 ? key : Number(name.slice(UNNAMED.length));
}

function encodeOption(encoder: Encoder, name: string, value: string | number): void {
  if (typeof value === 'string') encoder.s32(STRING).string(value);
  else if (REAL_POOL_OPTIONS.has(name) || !Number.isSafeInteger(value)) encodeDouble(encoder.s32(REAL), value);
  else encoder.s32(INTEGER).s64(value);
}
