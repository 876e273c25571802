import type { EngineContext } from '../base/context.ts';
import { CephError } from '../base/errno.ts';
import { type Table, tableName } from '../base/records.ts';
import { type Task, waitUntil } from '../base/task.ts';
import { idOfName } from '../crush/tree.ts';
import { configFlag, configNumber } from '../mon/config/value.ts';
import { osdsWithin } from '../mon/down-buckets.ts';
import type { Monitor } from '../mon/monitor.ts';
import { autoOut, canAutoOut, isLargePartDown, isOsdFlagSet, osdBooted, osdFailed } from '../mon/osd-fate.ts';
import { OSD_STATE } from '../osdmap/osd-state.ts';
import { answers, CUT_OFF, POWERLESS, reportingHosts, STOPPED } from './osd-reach.ts';

/** Since when the map has had an OSD down. */
export const DOWN_SINCE = tableName<number>('osd-down-since');

/** The monitor's look at who is silent, in virtual time. @ceph src/common/options/mon.yaml.in mon_tick_interval */
const TICK_US = 5_000_000;

/** Virtual time in which a process starts, or one that was wrongly marked down says so. */
const BOOT_US = 1_000_000;

/** Virtual time in which a peer's connection is refused and the monitor makes a map of it: seen to be less than a second. */
const REFUSED_US = 600_000;

/** How a process ends: with a word to the monitor, without one, or together with its machine. */
type End = 'in-order' | 'killed' | 'power-off';

/**
 * The OSD processes: started and stopped, and what follows by the clock. A process that stops in order tells the
 * monitor; one that is killed refuses its peers' connections, which they tell at once; one whose machine says nothing is
 * missed after a while; one that is down for long is marked out.
 */
export class OsdDaemons {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #stopped: Table<number>;
  readonly #powerless: Table<number>;
  readonly #cutOff: Table<number>;
  readonly #downSince: Table<number>;

  constructor(engine: EngineContext, monitor: Monitor) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#stopped = engine.records.table(STOPPED);
    this.#powerless = engine.records.table(POWERLESS);
    this.#cutOff = engine.records.table(CUT_OFF);
    this.#downSince = engine.records.table(DOWN_SINCE);
  }

  isRunning(osd: number): boolean {
    return !this.#stopped.has(String(osd));
  }

  isCutOff(osd: number): boolean {
    return this.#cutOff.has(String(osd));
  }

  /** OSDs that an OSD's or a bucket's name stands for, through the CRUSH tree. Throws ENOENT where there is none. */
  osdsUnder(name: string): number[] {
    const { crush } = this.#monitor.map();
    const id = idOfName(crush, name);
    if (id === undefined) throw new CephError('ENOENT', name);
    const bucket = crush.buckets.get(id);
    return bucket === undefined ? [id] : osdsWithin(this.#monitor.map(), bucket);
  }

  /** Throws ENOENT where there is no such OSD. */
  stop(osd: number, how: End): void {
    this.#check(osd);
    if (how === 'power-off') this.#powerless.set(String(osd), this.#engine.now_us());
    if (!this.isRunning(osd)) return;
    this.#stopped.set(String(osd), this.#engine.now_us());
    if (how === 'in-order' && this.#isUp(osd)) osdFailed(this.#monitor, osd);
    this.startWork();
  }

  /** The process comes up and joins at once, as far as the map lets it. */
  start(osd: number): void {
    this.#check(osd);
    this.#stopped.delete(String(osd));
    this.#powerless.delete(String(osd));
    if (this.#mayBoot(osd)) osdBooted(this.#monitor, osd);
    this.startWork();
  }

  /**
   * The network between some OSDs and all else fails: their processes run on, and nobody hears of them. Throws ENOENT where
   * there is no such OSD.
   */
  cutOff(osds: readonly number[]): void {
    for (const osd of osds) this.#check(osd);
    for (const osd of osds) if (!this.isCutOff(osd)) this.#cutOff.set(String(osd), this.#engine.now_us());
    this.startWork();
  }

  /** The network is back: OSDs that were marked down meanwhile hear of it and say that they are not. */
  reconnect(osds: readonly number[]): void {
    for (const osd of osds) this.#check(osd);
    for (const osd of osds) this.#cutOff.delete(String(osd));
    for (const osd of osds) if (this.isRunning(osd) && this.#mayBoot(osd)) osdBooted(this.#monitor, osd);
    this.startWork();
  }

  /** Starts what the map and the processes call for: with each map, and after records were brought back. */
  startWork(): void {
    for (const [osd, info] of this.#monitor.map().osds.entries()) {
      if (info === undefined) continue;
      this.#noteDown(osd, info.up);
      if (info.up && !answers(this.#engine.records, osd)) this.#engine.spawn(`osd-missed/${osd}`, this.#beMissed(osd));
      if (!info.up && this.isRunning(osd)) this.#engine.spawn(`osd-boot/${osd}`, this.#boot(osd));
      if (!info.up && info.weight > 0) this.#engine.spawnTimer(`osd-out/${osd}`, this.#outWhenLong(osd));
    }
  }

  #check(osd: number): void {
    if (this.#monitor.map().osds[osd] === undefined) throw new CephError('ENOENT', `osd.${osd}`);
  }

  #noteDown(osd: number, up: boolean): void {
    const key = String(osd);
    if (up) this.#downSince.delete(key);
    else if (!this.#downSince.has(key)) this.#downSince.set(key, this.#engine.now_us());
  }

  #isUp(osd: number): boolean {
    return this.#monitor.map().osds[osd]?.up === true;
  }

  #mayBoot(osd: number): boolean {
    const map = this.#monitor.map();
    const info = map.osds[osd];
    // An OSD that was only just given its id has no process yet.
    const isNew = ((info?.extra?.stateBits ?? 0) & OSD_STATE.new) !== 0;
    return (
      info !== undefined &&
      !info.up &&
      !this.isCutOff(osd) &&
      !info.destroyed &&
      !isNew &&
      !isOsdFlagSet(map, osd, 'noup')
    );
  }

  #isLargePartDown(osd: number): boolean {
    return isLargePartDown(this.#monitor.map(), osd, this.#engine.records);
  }

  #setting_us(who: string, name: string): number {
    return configNumber(this.#engine.records, who, name) * 1e6;
  }

  /** One that refuses connections any peer may report; that one is silent takes peers of several hosts, or a long time. */
  *#beMissed(osd: number): Task<void> {
    const since_us = this.#stopped.get(String(osd)) ?? this.#cutOff.get(String(osd)) ?? this.#engine.now_us();
    yield this.#left_us(since_us, this.#refuses(osd) ? REFUSED_US : this.#setting_us('osd', 'osd_heartbeat_grace'));
    while (this.#isSilent(osd) && !this.#isReported(osd, since_us)) yield TICK_US;
    yield* waitUntil(`nodown keeps osd.${osd} up`, () => !isOsdFlagSet(this.#monitor.map(), osd, 'nodown'));
    if (this.#isSilent(osd)) osdFailed(this.#monitor, osd);
  }

  #left_us(since_us: number, after_us: number): number {
    return Math.max(0, since_us + after_us - this.#engine.now_us());
  }

  /** @ceph src/osd/OSD.cc ms_handle_refused — exact: the machine is there, and nobody listens on it */
  #refuses(osd: number): boolean {
    const isThere = !this.#powerless.has(String(osd)) && !this.isCutOff(osd);
    return (
      !this.isRunning(osd) && isThere && configFlag(this.#engine.records, 'osd', 'osd_fast_fail_on_connection_refused')
    );
  }

  #isSilent(osd: number): boolean {
    return this.#isUp(osd) && !answers(this.#engine.records, osd);
  }

  /** @ceph src/mon/OSDMonitor.cc prepare_failure, check_failure, handle_osd_timeouts — exact: one immediate report, enough reporters, or no beacon for long */
  #isReported(osd: number, since_us: number): boolean {
    const { records } = this.#engine;
    const hosts = reportingHosts(records, this.#monitor.map());
    const wanted = this.#refuses(osd) ? 1 : configNumber(records, 'mon', 'mon_osd_min_down_reporters');
    if (hosts >= wanted) return true;
    return this.#engine.now_us() - since_us >= this.#setting_us('mon', 'mon_osd_report_timeout');
  }

  *#boot(osd: number): Task<void> {
    yield BOOT_US;
    yield* waitUntil(`osd.${osd} may boot`, () => !this.isRunning(osd) || this.#isUp(osd) || this.#mayBoot(osd));
    if (this.isRunning(osd) && this.#mayBoot(osd)) osdBooted(this.#monitor, osd);
  }

  /** @ceph src/mon/OSDMonitor.cc OSDMonitor::tick — exact: while a large part is down as a whole, the time begins anew */
  *#outWhenLong(osd: number): Task<void> {
    for (;;) {
      const since_us = this.#downSince.get(String(osd));
      if (since_us === undefined || this.#isUp(osd)) return;
      const after_us = this.#setting_us('mon', 'mon_osd_down_out_interval');
      // 0 is never.
      if (after_us <= 0) return;
      const left_us = since_us + after_us - this.#engine.now_us();
      if (left_us > 0) yield left_us;
      else {
        const may = () => canAutoOut(this.#monitor.map(), osd, this.#engine.records);
        if (this.#isLargePartDown(osd)) {
          yield* waitUntil(`more than osd.${osd} is down`, () => this.#isUp(osd) || !this.#isLargePartDown(osd));
          if (!this.#isUp(osd)) this.#downSince.set(String(osd), this.#engine.now_us());
          continue;
        }
        yield* waitUntil(`osd.${osd} may be marked out`, () => this.#isUp(osd) || may() || this.#isLargePartDown(osd));
        if (this.#isUp(osd)) return;
        if (!may()) continue;
        autoOut(this.#monitor, osd);
        return;
      }
    }
  }
}
