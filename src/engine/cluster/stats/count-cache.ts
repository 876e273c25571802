import type { RecordStore } from '../../base/records.ts';
import { collectionTable, isCollection, type ObjectStore } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';

/** Adds an object to counts, `times` being 1, or takes it out again, being -1. */
export type AddOnode<C> = (counts: C, onode: Onode, times: 1 | -1) => void;

/** What is counted of each collection. Once it is, only objects that change are counted again, when somebody asks. */
export class CountCache<C> {
  readonly #none: () => C;
  readonly #add: AddOnode<C>;
  readonly #known = new Map<string, Counted<C>>();

  constructor(records: RecordStore, none: () => C, add: AddOnode<C>) {
    this.#none = none;
    this.#add = add;
    records.onChange(({ table, key, from }) => {
      const changed = this.#known.get(table)?.changed;
      // What is known is known of collections alone, whose records are onodes.
      if (changed !== undefined && !changed.has(key)) changed.set(key, from as Onode | undefined);
    }, isCollection);
  }

  /** Counts that are not to be kept: they change with the next call. */
  of(store: ObjectStore, pool: number, seed: number): Readonly<C> {
    const table = collectionTable(store.id, pgIdText(pool, seed));
    const onodes = store.collection(pool, seed);
    let counted = this.#known.get(table);
    if (counted === undefined) {
      counted = { counts: this.#none(), changed: new Map() };
      for (const onode of onodes.values()) this.#add(counted.counts, onode, 1);
      this.#known.set(table, counted);
    }
    const { counts, changed } = counted;
    for (const [key, before] of changed) {
      const now = onodes.get(key);
      if (before !== undefined) this.#add(counts, before, -1);
      if (now !== undefined) this.#add(counts, now, 1);
    }
    changed.clear();
    return counts;
  }
}

interface Counted<C> {
  readonly counts: C;
  /** Objects that have changed since, as they were counted; undefined where they were not there. */
  readonly changed: Map<string, Onode | undefined>;
}
