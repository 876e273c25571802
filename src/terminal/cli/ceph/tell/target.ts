/** A line that is for one daemon, or for the primary of a PG: `tell osd.0 version`, `daemon osd.0 version`, `pg 2.1 query`. */
export interface ToldTo {
  readonly how: 'tell' | 'daemon' | 'pg';
  readonly target: string;
  readonly words: readonly string[];
}

const PGID = /^\d+\.[0-9a-f]+$/;

/** Undefined for a line that is for the cluster. */
export function toldTo(words: readonly string[]): ToldTo | undefined {
  const [how, target, ...rest] = words;
  if (target === undefined || rest.length === 0) return undefined;
  if (how === 'tell' || how === 'daemon') return { how, target, words: rest };
  return how === 'pg' && PGID.test(target) ? { how, target, words: rest } : undefined;
}

export function isPgid(target: string): boolean {
  return PGID.test(target);
}
