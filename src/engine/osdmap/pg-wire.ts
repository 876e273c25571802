import type { Decoder, Encoder } from '../codec/denc.ts';
import { type PgId, parsePgId, pgIdText } from './pg-id.ts';

/** A `pg_t`, whose 17 bytes are a version, pool, seed and a preferred OSD of old. */
export function decodePgId(d: Decoder): PgId {
  const at = d.offset;
  const version = d.u8();
  if (version !== 1) throw d.fault('corrupt', `PG id of version ${version}`, at);
  const [pool, seed] = [d.s64(), d.u32()];
  d.s32();
  return { pool, seed };
}

export function encodePgId(encoder: Encoder, { pool, seed }: PgId): void {
  encoder.u8(1).s64(pool).u32(seed).s32(-1);
}

/** A `std::map` by `pg_t`. */
export function decodeByPg<T>(d: Decoder, value: (decoder: Decoder) => T, entry_bytes: number): Map<string, T> {
  return d.map(decodePgText, value, entry_bytes);
}

/** A `pg_t` as it is told. */
export function decodePgText(d: Decoder): string {
  const { pool, seed } = decodePgId(d);
  return pgIdText(pool, seed);
}

export function encodeByPg<T>(
  encoder: Encoder,
  entries: ReadonlyMap<string, T>,
  value: (encoder: Encoder, each: T) => void,
): void {
  encoder.list(byPg(entries), (each, [pg, entry]) => {
    encodePgId(each, pgOf(pg));
    value(each, entry);
  });
}

/** Entries in the order of Ceph's maps: by pool, then by seed. */
export function byPg<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  const keyed = [...entries].map((entry) => ({ entry, pg: pgOf(entry[0]) }));
  keyed.sort((a, b) => comparePgs(a.pg, b.pg));
  return keyed.map(({ entry }) => entry);
}

/** PG ids that were made by {@link pgIdText}, of which some have the id of no pool. */
export function pgOf(text: string): PgId {
  const negative = text.startsWith('-');
  const { pool, seed } = parsePgId(negative ? text.slice(1) : text) ?? { pool: 0, seed: 0 };
  return { pool: negative ? -pool : pool, seed };
}

/** The order of `pg_t`: by pool, then by seed. */
export function comparePgs(a: PgId, b: PgId): number {
  return a.pool - b.pool || a.seed - b.seed;
}
