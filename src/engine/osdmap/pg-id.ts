/** A placement group: a pool and a seed below its pg_num. Ceph prints it with the seed in hex: `2.1a`. */
export interface PgId {
  readonly pool: number;
  readonly seed: number;
}

/** `2.1a`; always the same string of a PG, so that looking it up is quick. */
export function pgIdText(pool: number, seed: number): string {
  let texts = TEXTS.get(pool);
  if (texts === undefined) TEXTS.set(pool, (texts = []));
  return (texts[seed] ??= `${pool}.${seed.toString(16)}`);
}

/** By pool and seed. PGs are few beside what is kept of each. */
const TEXTS = new Map<number, string[]>();

/** Parses `2.1a`; undefined where it is no PG id. */
export function parsePgId(text: string): PgId | undefined {
  const match = /^(\d{1,16})\.([0-9a-f]{1,8})$/.exec(text);
  if (match === null) return undefined;
  return { pool: Number(match[1]), seed: Number.parseInt(match[2] ?? '', 16) };
}
