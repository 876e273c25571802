import type { PgStat } from './pg-stat.ts';

/** Bucket counts that a C++ hash table goes through as it doubles. */
const PRIMES = [13, 29, 59, 127, 257, 541, 1109, 2357, 5087, 10273, 20753, 42043, 85229, 172933, 351061];

/**
 * PGs in the order in which Ceph lists them: that of a hash table they were put into by pool and seed. A bucket's
 * newest entry stands first, a new bucket goes to the front, and growing turns the order round.
 *
 * @ceph src/mon/PGMap.h PGMap::pg_stat, with the table of libstdc++ — as if no pool had ever been removed
 */
export function inTableOrder(pgs: Iterable<PgStat>): PgStat[] {
  const sorted = [...pgs].sort((a, b) => a.pool - b.pool || a.seed - b.seed);
  let table = new HashOrder(1);
  for (const pg of sorted) {
    if (table.isFull()) table = table.grown();
    table.insert(pg);
  }
  return table.list();
}

/** Chains of buckets, newest bucket last: read backwards, that is the table's list. */
class HashOrder {
  readonly #count: number;
  readonly #buckets = new Map<number, PgStat[]>();
  #size = 0;

  constructor(count: number) {
    this.#count = count;
  }

  isFull(): boolean {
    return this.#size + 1 > this.#count || this.#count === 1;
  }

  insert(pg: PgStat): void {
    const bucket = ((pg.pool ^ pg.seed) >>> 0) % this.#count;
    const chain = this.#buckets.get(bucket);
    if (chain === undefined) this.#buckets.set(bucket, [pg]);
    else chain.unshift(pg);
    this.#size++;
  }

  list(): PgStat[] {
    return [...this.#buckets.values()].reverse().flat();
  }

  grown(): HashOrder {
    const wanted = Math.max(this.#size + 1, 2 * this.#count);
    const next = new HashOrder(PRIMES.find((prime) => prime >= wanted) ?? wanted);
    for (const pg of this.list()) next.insert(pg);
    return next;
  }
}
