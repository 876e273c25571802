import type { EngineContext } from '../../base/context.ts';
import { type IntervalSet, NO_INTERVALS, subtract, union } from '../../base/interval-set.ts';
import { type Task, waitUntil } from '../../base/task.ts';
import { configNumber } from '../../mon/config/value.ts';
import { snapsPurged } from '../../mon/snaps-purged.ts';
import { hasClonesOf, isTrimmable, trimPg } from '../../osd/snap-trim.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from './placement-groups.ts';
import { forgetTrims, NOT_BEGUN, type TrimRow, trimState, trimTable } from './trim-states.ts';

/** Virtual time between the map that removes a snapshot and the first clone trimmed for it. */
const TRIM_START_US = 500_000;

/** Starts what there is to trim, for each pool with removed snapshots. */
export function startTrims(pgs: PlacementGroups): void {
  for (const pool of pgs.monitor.map().removedSnapsQueue.keys())
    pgs.engine.spawn(`snaptrim/${pool}`, new PoolTrims(pgs, pool).run());
}

/**
 * Trims the PGs of a pool, so many at a time on each OSD that leads them; one that is not clean keeps no other waiting. Once
 * all have done it the monitor is told.
 *
 * @ceph src/osd/PrimaryLogPG.cc SnapTrimmer — exact states and reservations, without osd_snap_trim_sleep
 */
class PoolTrims {
  readonly #pgs: PlacementGroups;
  readonly #engine: EngineContext;
  readonly #pool: number;
  /** PGs whose work is under way, by seed. */
  readonly #running = new Set<number>();

  constructor(pgs: PlacementGroups, pool: number) {
    this.#pgs = pgs;
    this.#engine = pgs.engine;
    this.#pool = pool;
  }

  *run(): Task<void> {
    while (this.#queue().length > 0) {
      yield TRIM_START_US;
      for (let left = this.#left(); left.length > 0; left = this.#left()) {
        for (const seed of left) if (this.#mayBegin(seed)) this.#begin(seed);
        yield* waitUntil('PGs with snapshots to trim are clean', () => this.#canGoOn());
      }
      snapsPurged(this.#pgs.monitor, this.#pool, this.#queue());
      for (let seed = 0; seed < this.#pgNum(); seed++) forgetTrims(this.#engine.records, this.#pgid(seed));
    }
  }

  #canGoOn(): boolean {
    const left = this.#left();
    return left.length === 0 || left.some((seed) => this.#mayBegin(seed));
  }

  /** True where something is to be done that is not under way: also what was, before records were brought back. */
  #mayBegin(seed: number): boolean {
    const { state } = this.#row(seed);
    if (state === 'snaptrim') return !this.#running.has(seed);
    if (this.#pgs.monitor.map().flags.includes('nosnaptrim') || !isTrimmable(this.#pgs.view(this.#pool, seed)))
      return false;
    return state === null || this.#hasSlot(seed);
  }

  #begin(seed: number): void {
    const snaps = this.#todo(seed);
    const view = this.#pgs.view(this.#pool, seed);
    const row = this.#row(seed);
    if (view !== null && !hasClonesOf(view, isIn(snaps))) this.#put(seed, { purged: this.#queue(), state: null });
    else if (row.state !== 'snaptrim' && !this.#hasSlot(seed)) this.#put(seed, { ...row, state: 'snaptrim_wait' });
    else {
      this.#put(seed, { ...row, state: 'snaptrim' });
      this.#running.add(seed);
      this.#engine.spawn(`snaptrim/${this.#pgid(seed)}`, this.#trim(seed, snaps));
    }
  }

  *#trim(seed: number, snaps: IntervalSet): Task<void> {
    yield* trimPg(this.#engine, () => this.#pgs.view(this.#pool, seed), isIn(snaps));
    this.#running.delete(seed);
    if (seed < this.#pgNum()) this.#put(seed, { purged: union(this.#row(seed).purged, snaps), state: null });
  }

  #hasSlot(seed: number): boolean {
    const primary = this.#primary(seed);
    const most = configNumber(this.#engine.records, `osd.${primary}`, 'osd_max_trimming_pgs');
    const busy = this.#pgs.records().filter(({ pool, seed: other, interval }) => {
      return (
        interval.actingPrimary === primary && trimState(this.#engine.records, pgIdText(pool, other)) === 'snaptrim'
      );
    });
    return busy.length < most;
  }

  #primary(seed: number): number {
    return this.#pgs.record(this.#pool, seed)?.interval.actingPrimary ?? -1;
  }

  #left(): number[] {
    return Array.from({ length: this.#pgNum() }, (_, seed) => seed).filter((seed) => this.#todo(seed).length > 0);
  }

  #todo(seed: number): IntervalSet {
    return subtract(this.#queue(), this.#row(seed).purged);
  }

  #queue(): IntervalSet {
    return this.#pgs.monitor.map().removedSnapsQueue.get(this.#pool) ?? NO_INTERVALS;
  }

  #pgNum(): number {
    return this.#pgs.monitor.map().pools.get(this.#pool)?.pgNum ?? 0;
  }

  #row(seed: number): TrimRow {
    return trimTable(this.#engine.records).get(this.#pgid(seed)) ?? NOT_BEGUN;
  }

  #put(seed: number, row: TrimRow): void {
    trimTable(this.#engine.records).set(this.#pgid(seed), row);
  }

  #pgid(seed: number): string {
    return pgIdText(this.#pool, seed);
  }
}

function isIn(snaps: IntervalSet): (snap: number) => boolean {
  return (snap) => snaps.some(({ off, len }) => snap >= off && snap < off + len);
}
