import type { RecordStore } from '../../base/records.ts';
import { isWrite, type OsdRequest } from '../../codec/osd-op.ts';
import { configNumber, setsOptions } from '../../mon/config/value.ts';
import type { HObject } from '../../os/hobject.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import { knownOpWatch, type OpWatch, type WatchedOp } from './hook.ts';

/** A moment of a request, as OSDs name it. */
interface OpEvent {
  readonly event: string;
  readonly at_us: number;
}

/** A request that an OSD has, or had. @ceph src/common/TrackedOp.h, src/osd/OpRequest.h */
export interface TrackedOp {
  readonly request: OsdRequest;
  readonly hoid: HObject;
  readonly begun_us: number;
  /** The OSD that has it; null while the client keeps it. */
  readonly osd: number | null;
  readonly pgid: string;
  readonly epoch: number;
  readonly events: readonly OpEvent[];
  /** Where it stands: `waiting for sub ops`. */
  readonly flag: string;
  /** When it was answered; null where it was not. */
  readonly ended_us: number | null;
}

/** What an OSD remembers of requests that it has answered. */
interface History {
  readonly ops: TrackedOp[];
  readonly slow: TrackedOp[];
  /** When it was last gone through; null before. */
  seen: SeenHistory | null;
}

/** What a history was found to be: as long as it holds, what is no longer than the shortest need not be looked at. */
interface SeenHistory {
  /** Of the shortest that is kept; -1 while there is room. */
  readonly least_us: number;
  /** When the oldest goes. */
  readonly until_us: number;
  /** Before that, time travel has taken some back. */
  readonly from_us: number;
}

/**
 * Keeps track of requests for as long as the page or the process lives: as with OSDs, it is not stored.
 * @ceph src/common/TrackedOp.cc OpTracker, OpHistory — exact: of the last minutes' requests those that took longest
 */
export class OpTracker implements OpWatch {
  readonly #records: RecordStore;
  readonly #now_us: () => number;
  readonly #open = new Set<OpenOp>();
  readonly #done = new Map<number, History>();
  /** Settings that were asked for; forgotten when one changes. */
  readonly #known = new Map<string, number>();

  constructor(records: RecordStore, now_us: () => number) {
    this.#records = records;
    this.#now_us = now_us;
    records.onChange(() => this.#forgetSettings(), setsOptions);
  }

  #forgetSettings(): void {
    this.#known.clear();
    for (const history of this.#done.values()) history.seen = null;
  }

  get isWaiting(): boolean {
    for (const { osd, isServed } of this.#open) if (osd !== null && !isServed) return true;
    return false;
  }

  waitsIn(pgid: string, since_us: number): boolean {
    for (const op of this.#open) if (op.osd !== null && op.pgid === pgid && op.begun_us >= since_us) return true;
    return false;
  }

  begin(request: OsdRequest, hoid: HObject): WatchedOp {
    const op = new OpenOp(request, hoid, this.#now_us, this.#ended);
    this.#open.add(op);
    return op;
  }

  /** Requests that an OSD has not answered, the oldest first. */
  inFlight(osd: number): TrackedOp[] {
    return [...this.#open].filter((op) => op.osd === osd).sort((a, b) => a.begun_us - b.begun_us);
  }

  /** Those of them that have taken longer than `osd_op_complaint_time`. */
  blocked(osd: number): TrackedOp[] {
    const most_us = this.setting(osd, 'osd_op_complaint_time') * 1e6;
    return this.inFlight(osd).filter(({ begun_us }) => this.#now_us() - begun_us > most_us);
  }

  /** Requests that an OSD has answered lately, the oldest first. */
  remembered(osd: number): readonly TrackedOp[] {
    return this.#forgetOld(osd, this.#historyOf(osd)).ops;
  }

  /** Those of them that took long. */
  slow(osd: number): readonly TrackedOp[] {
    return this.#forgetOld(osd, this.#historyOf(osd)).slow;
  }

  setting(osd: number, name: string): number {
    const key = `osd.${osd}/${name}`;
    let value = this.#known.get(key);
    if (value === undefined) this.#known.set(key, (value = configNumber(this.#records, `osd.${osd}`, name)));
    return value;
  }

  readonly #ended = (op: OpenOp): void => {
    this.#open.delete(op);
    if (op.osd === null || op.ended_us === null) return;
    const history = this.#historyOf(op.osd);
    if (durationOf(op) >= SLOW_US) this.#keepSlow(op.osd, history, op);
    if (this.#isTooShort(op, history)) return;
    history.ops.push(op);
    this.#forgetOld(op.osd, history);
  };

  #isTooShort(op: OpenOp, { seen }: History): boolean {
    if (seen === null || durationOf(op) > seen.least_us) return false;
    const now_us = this.#now_us();
    return now_us <= seen.until_us && now_us >= seen.from_us;
  }

  #keepSlow(osd: number, { slow }: History, op: TrackedOp): void {
    if (durationOf(op) < this.setting(osd, 'osd_op_history_slow_op_threshold') * 1e6) return;
    slow.push(op);
    if (slow.length > this.setting(osd, 'osd_op_history_slow_op_size')) slow.shift();
  }

  #historyOf(osd: number): History {
    let history = this.#done.get(osd);
    if (history === undefined) this.#done.set(osd, (history = { ops: [], slow: [], seen: null }));
    return history;
  }

  /** What is too long ago goes, then what was quickest; also what time travel has taken back. */
  #forgetOld(osd: number, history: History): History {
    const now_us = this.#now_us();
    const kept_us = this.setting(osd, 'osd_op_history_duration') * 1e6;
    const from_us = now_us - kept_us;
    const size = this.setting(osd, 'osd_op_history_size');
    const isThere = ({ begun_us, ended_us }: TrackedOp) => begun_us >= from_us && (ended_us ?? 0) <= now_us;
    const longest = history.ops.filter(isThere).sort((a, b) => durationOf(b) - durationOf(a));
    const ops = longest.slice(0, size).sort((a, b) => a.begun_us - b.begun_us);
    history.ops.splice(0, history.ops.length, ...ops);
    const slow = history.slow.filter(({ ended_us }) => (ended_us ?? 0) <= now_us);
    history.slow.splice(0, history.slow.length, ...slow);
    history.seen = {
      least_us: ops.length < size ? -1 : Math.min(...ops.map((op) => durationOf(op))),
      until_us: (ops[0]?.begun_us ?? now_us) + kept_us,
      from_us: Math.max(0, ...ops.map(({ ended_us }) => ended_us ?? 0)),
    };
    return history;
  }
}

/** Settings are asked for requests that took at least so long. */
const SLOW_US = 1_000_000;

export function durationOf({ begun_us, ended_us }: TrackedOp, now_us = begun_us): number {
  return (ended_us ?? now_us) - begun_us;
}

const NOBODY: PgView['acting'] = [];

/** A request on its way. Its moments are put into words when somebody asks: there are hundreds of thousands of them. */
class OpenOp implements WatchedOp, TrackedOp {
  readonly request: OsdRequest;
  readonly hoid: HObject;
  readonly begun_us: number;
  osd: number | null = null;
  pgid = '';
  epoch = 0;
  ended_us: number | null = null;
  #waiting = 'queued for pg';
  #waits: OpEvent[] | null = null;
  #served_us: number | null = null;
  /** The OSDs that served it, the primary first. */
  #acting: PgView['acting'] = NOBODY;
  readonly #now_us: () => number;
  readonly #ended: (op: OpenOp) => void;

  constructor(request: OsdRequest, hoid: HObject, now_us: () => number, ended: (op: OpenOp) => void) {
    this.request = request;
    this.hoid = hoid;
    this.begun_us = now_us();
    this.#now_us = now_us;
    this.#ended = ended;
  }

  waitsOn(osd: number, pgid: string, event: string, flag: string): void {
    this.osd = osd;
    this.pgid = pgid;
    this.#waiting = flag;
    this.#waits ??= [];
    if (this.#waits.at(-1)?.event !== event) this.#waits.push({ event, at_us: this.#now_us() });
  }

  isHeld(): void {
    this.osd = null;
  }

  served({ acting, pgid, epoch }: PgView): void {
    this.osd = acting[0]?.osd ?? null;
    this.pgid = pgid;
    this.epoch = epoch;
    this.#served_us = this.#now_us();
    this.#acting = acting;
  }

  /** The replicas that it changes, in order. */
  get #others(): number[] {
    if (!this.request.ops.some(isWrite)) return [];
    const others = this.#acting.slice(1).map(({ osd }) => osd);
    return others.sort((a, b) => a - b);
  }

  end(): void {
    if (this.#served_us !== null) this.ended_us = this.#now_us();
    this.#ended(this);
  }

  /** The OSDs do what it asks: it is on its way back. */
  get isServed(): boolean {
    return this.#served_us !== null;
  }

  get flag(): string {
    if (this.#served_us === null) return this.#waiting;
    if (this.#others.length === 0) return 'started';
    return this.ended_us === null ? 'waiting for sub ops' : 'commit sent; apply or cleanup';
  }

  get events(): readonly OpEvent[] {
    const events = eventsAt(this.begun_us, 'initiated', 'queued_for_pg', 'reached_pg');
    if (this.#waits !== null) events.push(...this.#waits);
    if (this.#served_us === null) return events;
    if (this.#waits !== null) events.push(...eventsAt(this.#served_us, 'reached_pg'));
    events.push(...eventsAt(this.#served_us, 'started'));
    const others = this.#others.join(',');
    const changes = others !== '';
    if (changes) events.push(...eventsAt(this.#served_us, `waiting for subops from ${others}`));
    if (this.ended_us === null) return events;
    if (changes) events.push(...eventsAt(this.ended_us, 'op_commit', 'sub_op_commit_rec', 'commit_sent'));
    return [...events, ...eventsAt(this.ended_us, 'done')];
  }
}

function eventsAt(at_us: number, ...names: readonly string[]): OpEvent[] {
  return names.map((event) => ({ event, at_us }));
}

/** The tracker of a cluster; null where there was no request yet. */
export function opTrackerOf(records: RecordStore): OpTracker | null {
  const watch = knownOpWatch(records);
  return watch instanceof OpTracker ? watch : null;
}
