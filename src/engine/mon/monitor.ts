import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import { type Table, tableName } from '../base/records.ts';
import { minCompatClientOf } from '../osdmap/compat.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { withoutStaleTemps } from './clean-temps.ts';
import { withoutStaleUpmaps } from './clean-upmaps.ts';
import { keepPast, pastMap } from './past-maps.ts';
import { withSnapsOfTiers } from './tier/tier-snaps.ts';

const OSDMAP = tableName<OsdMap>('osdmap');
const CURRENT = 'current';

/** When an OSD last came up or went down, and in or out. */
const TIMES = tableName<number>('mon-times');

/**
 * The monitor: the only writer of the cluster map. The map is a record, so undo, travel and reload bring it back
 * like everything else; operations are functions beside this class, one file each.
 *
 * @ceph src/mon/OSDMonitor.cc — one monitor, always in quorum, no Paxos: a change is an epoch at once
 */
export class Monitor {
  readonly context: EngineContext;
  /** Told of every epoch, as OSDs are. */
  onPublish: (() => void) | null = null;
  readonly #maps: Table<OsdMap>;
  readonly #times: Table<number>;

  /** Keeps the map that the records hold; `initial` is taken where they hold none. */
  constructor(context: EngineContext, initial: OsdMap) {
    this.context = context;
    this.#maps = context.records.table(OSDMAP);
    this.#times = context.records.table(TIMES);
    if (!this.#maps.has(CURRENT)) this.#maps.set(CURRENT, initial);
  }

  map(): OsdMap {
    return must(this.#maps.get(CURRENT), 'the osdmap');
  }

  /** The map of an epoch; undefined where it is not there yet, or not kept any more. */
  mapAt(epoch: number): OsdMap | undefined {
    const newest = this.map();
    return epoch > newest.epoch ? undefined : pastMap(this.context, newest, epoch);
  }

  /** Makes the next epoch out of the current one. `summary` is for the timeline. */
  publish(next: (map: OsdMap) => OsdMap, summary: string): void {
    const before = this.map();
    const epoch = before.epoch + 1;
    const map = withoutStaleTemps(withoutStaleUpmaps(withSnapsOfTiers(before, next(before))));
    const minCompatClient = minCompatClientOf(map);
    const after = { ...map, minCompatClient, epoch, modified_us: this.context.now_us() };
    keepPast(this.context, before, after);
    this.#maps.set(CURRENT, after);
    this.context.cost.epochs++;
    this.context.emit({ type: 'mon/osdmap-published', epoch, summary });
    this.onPublish?.();
  }

  /** Publishes a changed pool; its `last_change` becomes the new epoch. */
  publishPool(id: number, change: (pool: PgPool) => PgPool, summary: string): void {
    this.publish((map) => {
      const pool = must(map.pools.get(id), `pool ${id}`);
      const pools = new Map(map.pools).set(id, { ...change(pool), lastChange: map.epoch + 1 });
      return { ...map, pools };
    }, summary);
  }

  /** Since when as many OSDs are up, or in, as are now. */
  lastChange_us(what: 'up' | 'in'): number {
    return this.#times.get(what) ?? this.map().created_us;
  }

  noteChange(what: 'up' | 'in'): void {
    this.#times.set(what, this.context.now_us());
  }

  findPool(name: string): PgPool | undefined {
    for (const pool of this.map().pools.values()) if (pool.name === name) return pool;
    return undefined;
  }

  /** Counts a request of a client. */
  received(): void {
    this.context.cost.monCommands++;
  }
}
