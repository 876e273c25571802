import type { RecordStore } from '../../base/records.ts';
import { collectionTable, type ObjectStore } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';

/** What is counted of each collection, until the collection changes: most of them rest most of the time. */
export class CountCache<C> {
  readonly #count: (onodes: Iterable<Onode>) => C;
  readonly #known = new Map<string, C>();

  constructor(records: RecordStore, count: (onodes: Iterable<Onode>) => C) {
    this.#count = count;
    records.onChange(({ table }) => this.#known.delete(table));
  }

  of(store: ObjectStore, pool: number, seed: number): C {
    const table = collectionTable(store.id, pgIdText(pool, seed));
    let counted = this.#known.get(table);
    if (counted === undefined) {
      counted = this.#count(store.collection(pool, seed).values());
      this.#known.set(table, counted);
    }
    return counted;
  }
}
