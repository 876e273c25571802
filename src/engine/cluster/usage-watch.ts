import type { EngineContext } from '../base/context.ts';
import type { Task } from '../base/task.ts';
import { fullnessOfOsd, withFullness } from '../mon/full-state.ts';
import { healthOf } from '../mon/health.ts';
import { dropMutes, hasMutes } from '../mon/health-mute.ts';
import type { Monitor } from '../mon/monitor.ts';
import type { StatsPort } from '../mon/pg-stat.ts';
import { clusterStats } from '../mon/stats.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';

/** Virtual time until what was written is reported and looked at. @ceph src/common/options/mgr.yaml.in mgr_stats_period — less, as it counts from the write */
const LOOK_US = 2_000_000;
/** Objects that a device takes at least before it can be full: none is looked at more often. */
const OBJECT_BYTES = 128 * 1024 * 1024;

/**
 * Marks OSDs and pools as full when they are, and takes it back: some seconds after a write or a change of the map. What
 * cannot have become full is not looked at, since counting takes time.
 */
export class UsageWatch {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #port: StatsPort;
  /** Objects that may be written before any OSD can have passed a ratio. */
  #room = 0;
  #writes = 0;
  #ratios = '';
  #told: { readonly map: OsdMap | undefined; readonly is: boolean } = { map: undefined, is: false };
  #waits = false;

  constructor(engine: EngineContext, monitor: Monitor, port: StatsPort) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#port = port;
    engine.records.onChange(({ table }) => {
      if (!table.startsWith('os/')) return;
      this.#writes++;
      if (this.#writes > this.#room || this.#isTold()) this.#lookSoon();
    });
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
    const left = stats.osds.map(({ usedBytes, totalBytes }) => (least * totalBytes - usedBytes) / OBJECT_BYTES);
    this.#room = Math.max(0, Math.floor(Math.min(...left)));
    this.#writes = 0;
    this.#ratios = ratiosOf(map);
    const marked = withFullness(map, stats);
    if (marked !== undefined) this.#monitor.publish((now) => ({ ...now, ...marked }), 'room and quotas');
    if (hasMutes(this.#engine.records))
      dropMutes(this.#monitor, healthOf(map, stats, this.#engine.now_us(), this.#engine.records).checks);
    this.#waits = false;
  }
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
