/** A placement group: a pool and a seed below its pg_num. Ceph prints it with the seed in hex: `2.1a`. */
export interface PgId {
  readonly pool: number;
  readonly seed: number;
}

/** `2.1a`; mostly the same string for the same PG, so that looking it up is quick. */
export function pgIdText(pool: number, seed: number): string {
  let texts = TEXTS.get(pool);
  if (texts === undefined) TEXTS.set(pool, (texts = new Map()));
  let text = texts.get(seed);
  if (text === undefined) {
    text = `${pool}.${seed.toString(16)}`;
    if (++kept > MOST_KEPT) forgetTexts();
    else texts.set(seed, text);
  }
  return text;
}

/** By pool and seed: those of a large cluster. A map that was brought may claim any number of PGs. */
const TEXTS = new Map<number, Map<number, string>>();
const MOST_KEPT = 100_000;
let kept = 0;

function forgetTexts(): void {
  TEXTS.clear();
  kept = 0;
}

/** Parses `2.1a`; undefined where it is no PG id. */
export function parsePgId(text: string): PgId | undefined {
  const match = /^(\d{1,16})\.([0-9a-f]{1,8})$/.exec(text);
  if (match === null) return undefined;
  return { pool: Number(match[1]), seed: Number.parseInt(match[2] ?? '', 16) };
}
