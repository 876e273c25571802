import type { RecordStore } from '../../base/records.ts';
import { isCollection, type ObjectStore } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';

/** Adds an object to counts, `times` being 1, or takes it out again, being -1. */
export type AddOnode<C> = (counts: C, onode: Onode, times: 1 | -1) => void;

/** What is counted of each collection: once it is asked for, and kept from then on with each change. */
export class CountCache<C> {
  readonly #none: () => C;
  readonly #add: AddOnode<C>;
  readonly #known = new Map<string, C>();

  constructor(records: RecordStore, none: () => C, add: AddOnode<C>) {
    this.#none = none;
    this.#add = add;
    records.onChange(({ table, from, to }) => {
      const counts = this.#known.get(table);
      if (counts === undefined) return;
      // Tables of collections hold onodes.
      if (from !== undefined) add(counts, from as Onode, -1);
      if (to !== undefined) add(counts, to as Onode, 1);
    }, isCollection);
  }

  /** Counts that are not to be kept: they change with the next call. */
  of(store: ObjectStore, pool: number, seed: number): Readonly<C> {
    const onodes = store.collection(pool, seed);
    let counts = this.#known.get(onodes.name);
    if (counts === undefined) {
      counts = this.#none();
      for (const onode of onodes.values()) this.#add(counts, onode, 1);
      this.#known.set(onodes.name, counts);
    }
    return counts;
  }
}
