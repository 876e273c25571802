import { CephError } from '../../base/errno.ts';
import type { RecordStore } from '../../base/records.ts';
import type { Task } from '../../base/task.ts';
import type { OsdRequest } from '../../codec/osd-op.ts';
import { configNumber } from '../../mon/config/value.ts';
import type { HObject } from '../../os/hobject.ts';
import { osdsOf } from '../../osd/past-intervals.ts';
import type { PgRecord } from '../../osd/pg.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import type { ScrubKind } from '../../osd/scrub/scrub-pg.ts';
import { parsePgId, pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from '../pgs/placement-groups.ts';
import { dropsBadCopy } from '../pgs/read-repair.ts';
import { type ScrubWork, startScrubs } from './hook.ts';
import { runScrub } from './job.ts';
import { type AskedScrub, type ScrubState, scrubState, scrubStates } from './records.ts';
import { dueScrub, nextLook_us } from './schedule.ts';

const ORDER: readonly ScrubKind[] = ['scrub', 'deep-scrub', 'repair'];

/**
 * Asks for a scrub of a PG. Throws ENOENT where there is no such PG, EAGAIN where nobody serves it.
 * @ceph src/osd/scrubber/pg_scrubber.cc on_operator_cmd — exact: flags do not hold it back
 */
export function askScrub(pgs: PlacementGroups, pgid: string, kind: ScrubKind): void {
  const id = parsePgId(pgid);
  const record = id === undefined ? undefined : pgs.record(id.pool, id.seed);
  if (record === undefined) throw new CephError('ENOENT', `pg ${pgid} does not exist`);
  if (record.interval.actingPrimary < 0) throw new CephError('EAGAIN', `pg ${pgid} has no primary osd`);
  ask(pgs, record, { kind, byPerson: true, isCheck: false });
  startScrubs(pgs);
}

/** What asks for more stands in for what asks for less. */
function ask(pgs: PlacementGroups, record: PgRecord, asked: AskedScrub): void {
  const state = scrubState(pgs.engine.records, record);
  if (state.asked !== null && ORDER.indexOf(state.asked.kind) > ORDER.indexOf(asked.kind)) return;
  put(pgs, record, { ...state, asked });
}

function put(pgs: PlacementGroups, { pool, seed }: PgRecord, state: ScrubState): void {
  scrubStates(pgs.engine.records).set(pgIdText(pool, seed), state);
}

/** Scrubs that are asked for or due, as far as OSDs have reservations free. [SC5] */
export class ScrubQueue implements ScrubWork {
  readonly #pgs: PlacementGroups;

  constructor(pgs: PlacementGroups) {
    this.#pgs = pgs;
  }

  dropsBadCopy(pg: PgView, hoid: HObject, request: OsdRequest): boolean {
    return dropsBadCopy(this.#pgs, pg, hoid, request);
  }

  startWork(): void {
    const { engine } = this.#pgs;
    engine.spawnTimer('scrub-schedule', this.#schedule());
    const table = scrubStates(engine.records);
    if (table.size === 0) return;
    const waiting = [...table.entries()].filter(([, state]) => isWaiting(state));
    if (waiting.length === 0) return;
    const slots = new ScrubSlots(this.#pgs);
    for (const [pgid, state] of waiting) {
      const record = this.#record(pgid);
      if (record === undefined) table.delete(pgid);
      else this.#goOn(record, state, slots);
    }
  }

  #record(pgid: string): PgRecord | undefined {
    const id = parsePgId(pgid);
    return id === undefined ? undefined : this.#pgs.record(id.pool, id.seed);
  }

  #goOn(record: PgRecord, state: ScrubState, slots: ScrubSlots): void {
    const { engine } = this.#pgs;
    const isClean = this.#pgs.view(record.pool, record.seed)?.clean === true;
    if (state.running !== null) {
      engine.spawn(`scrub/${pgIdText(record.pool, record.seed)}`, this.#run(record));
      return;
    }
    const check: AskedScrub = { kind: 'deep-scrub', byPerson: true, isCheck: true };
    const asked = state.asked ?? (state.checksAfter && isClean ? check : null);
    if (asked === null || !isClean || !slots.take(record)) return;
    const running = { ...asked, since_us: engine.now_us(), since: record.interval.since };
    put(this.#pgs, record, { ...state, asked: null, running, checksAfter: false });
    engine.spawn(`scrub/${pgIdText(record.pool, record.seed)}`, this.#run(record));
  }

  *#run(record: PgRecord): Task<void> {
    yield* runScrub(this.#pgs, record.pool, record.seed);
    if (this.#pgs.record(record.pool, record.seed)?.work === 'none') this.startWork();
    else this.#pgs.startWork();
  }

  /** Looks now and then whether a scrub is due; nothing is done where none is. */
  *#schedule(): Task<void> {
    const { engine } = this.#pgs;
    for (;;) {
      yield nextLook_us(engine.now_us()) - engine.now_us();
      if (this.#askDue()) startScrubs(this.#pgs);
    }
  }

  #askDue(): boolean {
    let found = false;
    for (const record of this.#pgs.records()) {
      const kind = dueScrub(this.#pgs, record);
      if (kind === null) continue;
      ask(this.#pgs, record, { kind, byPerson: false, isCheck: false });
      found = true;
    }
    return found;
  }
}

function isWaiting({ running, asked, checksAfter }: ScrubState): boolean {
  return running !== null || asked !== null || checksAfter;
}

/**
 * Reservations that OSDs have given: a scrub needs one on each OSD that acts.
 * @ceph src/osd/scrubber/scrub_resources.cc, src/common/reserver.h — exact: of scrubs that an OSD leads, and of those that it helps
 */
class ScrubSlots {
  readonly #records: RecordStore;
  readonly #local = new Map<number, number>();
  readonly #remote = new Map<number, number>();

  constructor(pgs: PlacementGroups) {
    this.#records = pgs.engine.records;
    for (const [pgid, { running }] of scrubStates(pgs.engine.records).entries()) {
      const id = running === null ? undefined : parsePgId(pgid);
      const record = id === undefined ? undefined : pgs.record(id.pool, id.seed);
      if (record !== undefined) this.#count(record);
    }
  }

  take(record: PgRecord): boolean {
    const { acting, actingPrimary } = record.interval;
    const isFree = (slots: ReadonlyMap<number, number>, osd: number) =>
      (slots.get(osd) ?? 0) < configNumber(this.#records, `osd.${osd}`, 'osd_max_scrubs');
    const others = osdsOf(acting).filter((osd) => osd !== actingPrimary);
    if (!isFree(this.#local, actingPrimary) || !others.every((osd) => isFree(this.#remote, osd))) return false;
    this.#count(record);
    return true;
  }

  #count({ interval: { acting, actingPrimary } }: PgRecord): void {
    for (const osd of osdsOf(acting)) {
      const slots = osd === actingPrimary ? this.#local : this.#remote;
      slots.set(osd, (slots.get(osd) ?? 0) + 1);
    }
  }
}
