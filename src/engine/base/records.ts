import { assert } from './assert.ts';

/**
 * The state of a sandbox: named tables of immutable records, with a journal of what changed.
 *
 * Everything that must survive a reload, an undo or a travel in time lives here and nowhere else. Records are
 * plain values (objects, arrays, maps, bytes, strings, numbers) that nobody changes once they are put in; two
 * tables may share one record, and the three replicas of an object do.
 */
export class RecordStore {
  readonly #tables = new Map<string, Table<unknown>>();
  readonly #families = new Map<string, Map<string, Table<unknown>>>();
  readonly #watch: Watch = { listeners: [], touched: [] };

  /** The table of that name, made on first use. The name fixes the record type: use a {@link TableName}. */
  table<V>(name: TableName<V>): Table<V> {
    let table = this.#tables.get(name);
    if (table === undefined) {
      table = new Table<unknown>(name, this.#watch);
      this.#tables.set(name, table);
    }
    // The one place where a table's record type is taken on trust: a TableName<V> is made in one place only.
    return table as Table<V>;
  }

  /** The table `family/member`: as {@link table}, without its name put together at each call. */
  memberTable<V>(family: TableName<V>, member: string): Table<V> {
    let tables = this.#families.get(family);
    if (tables === undefined) this.#families.set(family, (tables = new Map()));
    let table = tables.get(member);
    if (table === undefined) tables.set(member, (table = this.table<unknown>(`${family}/${member}`)));
    // As in `table`: a family's name fixes the record type of its members.
    return table as Table<V>;
  }

  /** Names of the tables that hold records now. */
  tableNames(): string[] {
    return [...this.#tables.values()].filter((table) => table.size > 0).map((table) => table.name);
  }

  /** Calls `tell` at every change of the tables that `hears` says, also at those of undo and redo. Returns the way to stop it. */
  onChange(tell: (change: Change) => void, hears: (table: string) => boolean = () => true): () => void {
    const listener = { tell, hears };
    this.#watch.listeners = [...this.#watch.listeners, listener];
    return () => {
      this.#watch.listeners = this.#watch.listeners.filter((other) => other !== listener);
    };
  }

  /** What changed since the last commit, net of what was changed back; the journal starts anew. */
  commit(): Diff {
    const changes: Change[] = [];
    for (const table of this.#watch.touched) table.takeJournal(changes);
    this.#watch.touched.length = 0;
    return changes;
  }

  /** Takes back everything since the last commit. */
  rollback(): void {
    this.apply(reverse(this.commit()));
  }

  /** Brings the records from the `from` side of a diff to its `to` side. Not journalled: a diff is a commit already. */
  apply(diff: Diff): void {
    assert(this.#watch.touched.length === 0, 'apply within an open journal');
    for (const { table, key, to } of diff) {
      const target = this.table(table as TableName<unknown>);
      if (to === undefined) target.delete(key);
      else target.set(key, to);
    }
    this.commit();
  }
}

interface Journalled {
  takeJournal(changes: Change[]): void;
}

/** What the tables of a store share: who listens, and which of them have a journal, in the order in which they began it. */
interface Watch {
  /** Replaced as a whole when it changes. */
  listeners: readonly Listener[];
  readonly touched: Journalled[];
}

interface Listener {
  readonly tell: (change: Change) => void;
  readonly hears: (table: string) => boolean;
}

/** A table's name, carrying the type of its records. */
export type TableName<V> = string & { readonly __record?: V };

/** Names a table and fixes its record type. */
export function tableName<V>(name: string): TableName<V> {
  return name as TableName<V>;
}

/** One record's way from a value to another; `undefined` means that there was, or is, none. */
export interface Change {
  readonly table: string;
  readonly key: string;
  readonly from: unknown;
  readonly to: unknown;
}

/** What a step changed: serves storage, undo, time travel and the page alike. */
export type Diff = readonly Change[];

/** The diff that takes it back. */
export function reverse(diff: Diff): Diff {
  return diff.map(({ table, key, from, to }) => ({ table, key, from: to, to: from }));
}

export class Table<V> {
  readonly name: string;
  readonly #records = new Map<string, V>();
  readonly #watch: Watch;
  /** What records were at the last commit, by key, for those that changed since. */
  #journal = new Map<string, V | undefined>();
  /** The store's listeners when they were last looked at, and those of them that hear this table. */
  #known: readonly Listener[] = [];
  #heard: readonly Listener[] = [];

  constructor(name: string, watch: Watch) {
    this.name = name;
    this.#watch = watch;
  }

  get size(): number {
    return this.#records.size;
  }

  get(key: string): V | undefined {
    return this.#records.get(key);
  }

  has(key: string): boolean {
    return this.#records.has(key);
  }

  set(key: string, value: V): void {
    const from = this.#records.get(key);
    if (from === value) return;
    this.#records.set(key, value);
    this.#note(key, from, value);
  }

  delete(key: string): void {
    const from = this.#records.get(key);
    if (from === undefined) return;
    this.#records.delete(key);
    this.#note(key, from, undefined);
  }

  keys(): IterableIterator<string> {
    return this.#records.keys();
  }

  values(): IterableIterator<V> {
    return this.#records.values();
  }

  entries(): IterableIterator<[string, V]> {
    return this.#records.entries();
  }

  /** Moves the journal, net of what was changed back, to the end of `changes`. For the store only. */
  takeJournal(changes: Change[]): void {
    for (const [key, from] of this.#journal) {
      const to = this.#records.get(key);
      if (from !== to) changes.push({ table: this.name, key, from, to });
    }
    this.#journal = new Map();
  }

  #note(key: string, from: V | undefined, to: V | undefined): void {
    if (this.#journal.size === 0) this.#watch.touched.push(this);
    if (!this.#journal.has(key)) this.#journal.set(key, from);
    if (this.#known !== this.#watch.listeners) this.#lookWhoHears();
    if (this.#heard.length === 0) return;
    const change = { table: this.name, key, from, to };
    for (const { tell } of this.#heard) tell(change);
  }

  #lookWhoHears(): void {
    this.#known = this.#watch.listeners;
    this.#heard = this.#known.filter(({ hears }) => hears(this.name));
  }
}
