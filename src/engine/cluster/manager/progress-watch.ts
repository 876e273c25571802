import type { EngineContext } from '../../base/context.ts';
import { tableName } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import { configFlag, configNumber } from '../../mon/config/value.ts';
import type { ManagerModule } from '../../mon/manager-modules.ts';
import type { Monitor } from '../../mon/monitor.ts';
import type { PgStat, StatsPort } from '../../mon/pg-stat.ts';
import {
  endProgress,
  PROGRESS_EVENTS,
  PROGRESS_ON,
  type ProgressEvent,
  progressEvents,
  updateProgress,
} from '../../mon/progress-events.ts';
import { clusterStats } from '../../mon/stats.ts';
import { newEventId } from './event-id.ts';
import { cleanPgs, clusterProgress, followedProgress, lackedCopies, movedPgs, osdMoves } from './followed-pgs.ts';

/** The newest map that was looked at for OSDs that went out or came in. */
const SEEN = tableName<number>('mgr/progress-seen');
const EPOCH = 'epoch';

/**
 * The manager's module progress: follows up what moves when OSDs go out or come in, where it is let, and the whole cluster
 * while anything else is followed up.
 *
 * @ceph src/pybind/mgr/progress/module.py serve — exact
 */
export class ProgressWatch implements ManagerModule {
  readonly #engine: EngineContext;
  readonly #monitor: Monitor;
  readonly #port: StatsPort;

  constructor(engine: EngineContext, monitor: Monitor, port: StatsPort) {
    this.#engine = engine;
    this.#monitor = monitor;
    this.#port = port;
    engine.records.onChange(
      ({ from }) => {
        if (from === undefined) this.startWork();
      },
      (table) => table === PROGRESS_EVENTS,
    );
  }

  /** With each map, and after records were brought back. */
  startWork(): void {
    if (!this.#isWanted()) return;
    const seen = this.#engine.records.table(SEEN);
    if (this.#followsOsds() && !seen.has(EPOCH)) seen.set(EPOCH, this.#monitor.map().epoch - 1);
    this.#engine.spawnTimer('mgr-progress', this.#watch());
  }

  #isWanted(): boolean {
    const { records } = this.#engine;
    if (progressEvents(records).current.length === 0 && !this.#followsOsds()) return false;
    return configFlag(records, 'mgr', PROGRESS_ON);
  }

  #followsOsds(): boolean {
    const { records } = this.#engine;
    return configFlag(records, 'mgr', 'mgr/progress/allow_pg_recovery_event');
  }

  *#watch(): Task<void> {
    const { records, now_us } = this.#engine;
    while (this.#isWanted()) {
      const every_us = configNumber(records, 'mgr', 'mgr/progress/sleep_interval') * 1e6;
      yield every_us - ((now_us() - this.#monitor.map().created_us) % every_us);
      if (!this.#isWanted()) return;
      if (this.#followsOsds()) this.#lookAtOsds();
      // What comes with a later map begins anew then.
      if (progressEvents(records).current.length === 0) return;
      this.#lookAtPgs();
    }
  }

  #lookAtOsds(): void {
    const { records } = this.#engine;
    const map = this.#monitor.map();
    const seen = records.table(SEEN);
    const before = this.#monitor.mapAt(seen.get(EPOCH) ?? map.epoch);
    if (seen.get(EPOCH) !== map.epoch) seen.set(EPOCH, map.epoch);
    if (before === undefined || before.epoch === map.epoch) return;
    for (const { osd, to } of osdMoves(before, map)) {
      if (to === 'in') this.#endOf(osd);
      const moved = new Set(movedPgs(before, map, osd));
      if (moved.size > 0) this.#follow(osd, to, moved);
    }
  }

  /** An OSD that comes back in ends what its going out began. */
  #endOf(osd: number): void {
    const { records, now_us } = this.#engine;
    for (const { id, follows } of progressEvents(records).current)
      if (follows?.kind === 'pgs' && follows.osd === osd) endProgress(records, id, null, now_us());
  }

  #follow(osd: number, to: string, moved: ReadonlySet<string>): void {
    const { records, now_us } = this.#engine;
    const pgs = this.#pgs().filter(({ pgid }) => moved.has(pgid));
    const lacked = new Map(pgs.map((pg) => [pg.pgid, lackedCopies(pg)]));
    const message = `Rebalancing after osd.${osd} marked ${to}`;
    const follows = { kind: 'pgs', osd, lacked } as const;
    const progress = followedProgress(follows, pgs);
    updateProgress(records, { id: this.#newId(), message, refs: [['osd', osd]], progress, follows }, now_us());
  }

  #lookAtPgs(): void {
    const pgs = this.#pgs();
    const { current } = progressEvents(this.#engine.records);
    for (const event of current) this.#refresh(event, pgs);
    if (!current.some(({ follows }) => follows?.kind === 'cluster')) this.#followAll(pgs);
  }

  #refresh(event: ProgressEvent, pgs: readonly PgStat[]): void {
    const { records, now_us } = this.#engine;
    const { follows } = event;
    if (follows === undefined) return;
    const progress = follows.kind === 'pgs' ? followedProgress(follows, pgs) : clusterProgress(follows, pgs);
    if (progress === null) return;
    updateProgress(records, { ...event, progress }, now_us());
    if (progress >= 1) endProgress(records, event.id, null, now_us());
  }

  #followAll(pgs: readonly PgStat[]): void {
    const clean = cleanPgs(pgs);
    if (clean === pgs.length) return;
    const event = { id: this.#newId(), message: 'Global Recovery Event', refs: [['global', '']] as const, progress: 0 };
    const follows = { kind: 'cluster', clean } as const;
    updateProgress(this.#engine.records, { ...event, follows, isInStatus: true }, this.#engine.now_us());
  }

  #newId(): string {
    return newEventId(this.#engine);
  }

  #pgs(): readonly PgStat[] {
    return clusterStats(this.#monitor.map(), this.#port).pgs;
  }
}
