import type { EngineContext } from '../../base/context.ts';
import { type Task, waitUntil } from '../../base/task.ts';
import type { Monitor } from '../../mon/monitor.ts';
import { withFlag } from '../../mon/pool-flags.ts';
import { isPeered, PG_TABLE } from '../../osd/pg.ts';
import type { PgPool } from '../../osdmap/osd-map.ts';

/** Virtual time until the monitor knows that PGs were made. */
const REPORT_US = 1_000_000;

/**
 * Takes `creating` from pools once OSDs have made all of their PGs.
 *
 * @ceph src/mon/OSDMonitor.cc update_pending_pgs — pools whose PGs OSDs have all reported as created
 */
export class CreatingPools {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    if (this.#creating().length > 0) this.#engine.spawn('mon-creating', this.#run());
  }

  #creating(): PgPool[] {
    return [...this.#monitor.map().pools.values()].filter(({ flags }) => flags.includes('creating'));
  }

  *#run(): Task<void> {
    while (this.#creating().length > 0) {
      yield* waitUntil('OSDs for the PGs of a new pool', () => {
        const creating = this.#creating();
        return creating.length === 0 || this.#made(creating).length > 0;
      });
      yield REPORT_US;
      const made = this.#made(this.#creating());
      if (made.length > 0) this.#publish(made);
    }
  }

  /** Those pools all of whose PGs serve. */
  #made(pools: readonly PgPool[]): PgPool[] {
    const open = new Set<number>();
    for (const pg of this.#engine.records.table(PG_TABLE).values()) if (!isPeered(pg)) open.add(pg.pool);
    return pools.filter(({ id }) => !open.has(id));
  }

  #publish(made: readonly PgPool[]): void {
    this.#monitor.publish((map) => {
      const pools = new Map(map.pools);
      for (const { id } of made) {
        const pool = pools.get(id);
        if (pool !== undefined) pools.set(id, withFlag(pool, 'creating', false));
      }
      return { ...map, pools };
    }, 'PGs of new pools are made');
  }
}
