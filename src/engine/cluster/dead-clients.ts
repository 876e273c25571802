import type { EngineContext } from '../base/context.ts';
import { type Table, tableName } from '../base/records.ts';
import { type Task, waitUntil } from '../base/task.ts';
import { pgTable } from '../osd/pg.ts';
import type { PgView } from '../osd/primary-log-pg.ts';
import { dropWatches } from '../osd/watch-timeout.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import type { PlacementGroups } from './pgs/placement-groups.ts';

/** When the watches of a client that died time out, by its number. */
const DEAD_CLIENTS = tableName<number>('dead-clients');

/** @ceph src/common/options/osd.yaml.in osd_client_watch_timeout */
const WATCH_TIMEOUT_US = 30_000_000;

/** Clients that ended without a word: OSDs drop their watches once those have timed out. */
export class DeadClients {
  readonly #engine: EngineContext;
  readonly #pgs: PlacementGroups;
  readonly #table: Table<number>;

  constructor(engine: EngineContext, pgs: PlacementGroups) {
    this.#engine = engine;
    this.#pgs = pgs;
    this.#table = engine.records.table(DEAD_CLIENTS);
  }

  add(client: number): void {
    this.#table.set(String(client), this.#engine.now_us() + WATCH_TIMEOUT_US);
    this.startWork();
  }

  /** Starts what the records call for: also after they were brought back. */
  startWork(): void {
    for (const client of this.#table.keys()) this.#engine.spawn(`watch-timeout/${client}`, this.#timeOut(client));
  }

  *#timeOut(client: string): Task<void> {
    for (let until_us = this.#table.get(client); until_us !== undefined; until_us = this.#table.get(client)) {
      const left_us = until_us - this.#engine.now_us();
      if (left_us > 0) yield left_us;
      else yield* this.#dropAll(client);
    }
  }

  *#dropAll(client: string): Task<void> {
    for (const { pool, seed } of [...pgTable(this.#engine.records).values()]) {
      const view = () => this.#pgs.view(pool, seed);
      yield* waitUntil(`PG ${pgIdText(pool, seed)} is active again`, () => isWhole(view()));
      const pg = view();
      if (pg !== null) dropWatches(this.#engine, pg, (watcher) => watcher.client === Number(client));
    }
    this.#table.delete(client);
  }
}

/** Watches are dropped once the primary has all objects: those that it lacks may be watched too. */
function isWhole(view: PgView | null): boolean {
  return (
    view === null ||
    (view.phase === 'active' && view.silent.length === 0 && (view.work === 'none' || view.work.startsWith('backfill')))
  );
}
