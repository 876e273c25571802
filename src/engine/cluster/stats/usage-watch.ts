import type { EngineContext } from '../../base/context.ts';
import type { Task } from '../../base/task.ts';
import { fullnessOfOsd, withFullness } from '../../mon/full-state.ts';
import { healthOf } from '../../mon/health.ts';
import { dropMutes, hasMutes } from '../../mon/health-mute.ts';
import type { Monitor } from '../../mon/monitor.ts';
import type { StatsPort } from '../../mon/pg-stat.ts';
import { clusterStats } from '../../mon/stats.ts';
import { isCollection, parseCollectionTable } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';

/** Virtual time until what was written is reported and looked at. @ceph src/common/options/mgr.yaml.in mgr_stats_period — less, as it counts from the write */
const LOOK_US = 2_000_000;
/** What keys and attributes of an object may take besides its data. */
const META_BYTES = 4096;

/**
 * Marks OSDs and pools as full when they are, and takes it back: some seconds after a write or a change of the map. What
 * cannot have become full is not looked at, since counting takes time.
 */
export class UsageWatch {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #port: StatsPort;
  /** Bytes that may be written to an OSD before it can have passed a ratio. */
  #room = 0;
  /** Bytes that have been written to each since, by collection's table: the OSD, and how many to it. */
  readonly #grown = new Map<string, { bytes: number }>();
  readonly #byOsd = new Map<number, { bytes: number }>();
  #ratios = '';
  #told: { readonly map: OsdMap | undefined; readonly is: boolean } = { map: undefined, is: false };
  #waits = false;

  constructor(engine: EngineContext, monitor: Monitor, port: StatsPort) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#port = port;
    engine.records.onChange(({ table, from, to }) => {
      const grown = this.#grownOf(table);
      // Tables of that name hold onodes: they are made by collectionTable alone.
      grown.bytes += growth(from as Onode | undefined, to as Onode | undefined);
      if (grown.bytes > this.#room || this.#isTold()) this.#lookSoon();
    }, isCollection);
  }

  /** What was written to the OSD of a collection. */
  #grownOf(table: string): { bytes: number } {
    let grown = this.#grown.get(table);
    if (grown !== undefined) return grown;
    const osd = parseCollectionTable(table)?.osd ?? -1;
    grown = this.#byOsd.get(osd) ?? { bytes: 0 };
    this.#byOsd.set(osd, grown);
    this.#grown.set(table, grown);
    return grown;
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    // What waited may have been dropped; a second one is not started.
    this.#waits = false;
    if (this.#ratios !== ratiosOf(this.#monitor.map())) this.#room = 0;
    if (this.#isTold() || this.#room === 0) this.#lookSoon();
  }

  #isTold(): boolean {
    const map = this.#monitor.map();
    if (this.#told.map !== map) this.#told = { map, is: isTold(map) };
    return this.#told.is;
  }

  #lookSoon(): void {
    if (this.#waits) return;
    this.#waits = true;
    this.#engine.spawnTimer('mon-usage', this.#look());
  }

  *#look(): Task<void> {
    yield LOOK_US;
    const map = this.#monitor.map();
    const stats = clusterStats(map, this.#port);
    const { nearfullRatio, backfillfullRatio, fullRatio } = map;
    const least = Math.min(nearfullRatio, backfillfullRatio, fullRatio);
    const left = stats.osds.map(({ usedBytes, totalBytes }) => least * totalBytes - usedBytes);
    this.#room = Math.max(0, Math.min(...left));
    for (const grown of this.#byOsd.values()) grown.bytes = 0;
    this.#ratios = ratiosOf(map);
    const marked = withFullness(map, stats);
    if (marked !== undefined) this.#monitor.publish((now) => ({ ...now, ...marked }), 'room and quotas');
    if (hasMutes(this.#engine.records))
      dropMutes(this.#monitor, healthOf(map, stats, this.#engine.now_us(), this.#engine.records).checks);
    this.#waits = false;
  }
}

/** What a change can have added at most: a clone may share its data with the head. */
function growth(from: Onode | undefined, to: Onode | undefined): number {
  return to === undefined ? 0 : Math.max(0, to.data.length - (from?.data.length ?? 0)) + META_BYTES;
}

/** True where a quota or a mark is there that any write may change. */
function isTold({ pools, osds }: OsdMap): boolean {
  for (const { quotaMaxBytes, quotaMaxObjects, flags } of pools.values())
    if (quotaMaxBytes > 0 || quotaMaxObjects > 0 || flags.includes('full')) return true;
  return osds.some((osd) => osd !== undefined && osd.extra !== undefined && fullnessOfOsd(osd) !== 'none');
}

function ratiosOf({ nearfullRatio, backfillfullRatio, fullRatio }: OsdMap): string {
  return [nearfullRatio, backfillfullRatio, fullRatio].join();
}
