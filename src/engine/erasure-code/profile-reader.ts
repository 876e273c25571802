import { CephError } from '../base/errno.ts';

/** A profile's options by name, as `ceph osd erasure-code-profile get` lists them. */
export type ProfileOptions = ReadonlyMap<string, string>;

/** What a plugin reads its options from: it fills in defaults and collects what is wrong. */
export interface ProfileReader {
  readonly options: Map<string, string>;
  readonly complaints: string[];
}

export function readerOf(options: ProfileOptions): ProfileReader {
  return { options: new Map(options), complaints: [] };
}

/** Throws EINVAL with the first complaint, which is the only line that the monitor passes on. */
export function checkComplaints(reader: ProfileReader): void {
  const first = reader.complaints[0];
  if (first !== undefined) throw new CephError('EINVAL', first);
}

/** @ceph src/erasure-code/ErasureCode.cc ErasureCode::to_string — an empty value counts as none */
export function stringOption(reader: ProfileReader, name: string, byDefault: string): string {
  const given = reader.options.get(name);
  if (given !== undefined && given !== '') return given;
  reader.options.set(name, byDefault);
  return byDefault;
}

/** @ceph src/erasure-code/ErasureCode.cc ErasureCode::to_int */
export function intOption(reader: ProfileReader, name: string, byDefault: string): number {
  const text = stringOption(reader, name, byDefault);
  const value = strictInt(text);
  if (typeof value === 'number') return value;
  reader.complaints.push(
    `could not convert ${name}=${text} to int because ${value.error}, set to default ${byDefault}`,
  );
  return Number(byDefault);
}

/** @ceph src/erasure-code/ErasureCode.cc ErasureCode::to_bool */
export function boolOption(reader: ProfileReader, name: string, byDefault: string): boolean {
  const text = stringOption(reader, name, byDefault);
  return text === 'yes' || text === 'true';
}

const INT_LIMIT = 2 ** 31;

/** @ceph src/common/strtol.cc strict_strtol */
export function strictInt(text: string): number | { readonly error: string } {
  if (!/^[ \t\n\v\f\r]*[+-]?\d+$/.test(text)) return { error: `Expected option value to be integer, got '${text}'` };
  const value = Number(text);
  if (value < -INT_LIMIT || value >= INT_LIMIT) return { error: `The option value '${text}' seems to be invalid` };
  return value;
}

/** The highest k + m, since shards are numbered by signed bytes. */
const MAX_CHUNKS = 127;

/** @ceph src/erasure-code/ErasureCode.cc ErasureCode::sanity_check_k_m — the limit is printed as a character, as there */
export function checkChunkCounts(reader: ProfileReader, k: number, m: number): void {
  if (k < 2) reader.complaints.push(`k=${k} must be >= 2`);
  else if (m < 1) reader.complaints.push(`m=${m} must be >= 1`);
  else if (k + m > MAX_CHUNKS) reader.complaints.push(`(k+m)=${k + m} must be <= ${String.fromCharCode(MAX_CHUNKS)}`);
}

/** `{a=1,b=2}`, sorted by name: how Ceph prints a profile. */
export function profileText(options: ProfileOptions): string {
  const names = [...options.keys()].sort((a, b) => (a < b ? -1 : 1));
  return `{${names.map((name) => `${name}=${options.get(name) ?? ''}`).join(',')}}`;
}
