import type { RecordStore } from '../../base/records.ts';
import { isWrite, type OsdRequest } from '../../codec/osd-op.ts';
import { configNumber } from '../../mon/config/value.ts';
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

  constructor(records: RecordStore, now_us: () => number) {
    this.#records = records;
    this.#now_us = now_us;
  }

  get isWaiting(): boolean {
    for (const { osd } of this.#open) if (osd !== null) return true;
    return false;
  }

  begin(request: OsdRequest, hoid: HObject): WatchedOp {
    const op = new OpenOp(request, hoid, this.#now_us, (ended) => this.#end(ended));
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
    return configNumber(this.#records, `osd.${osd}`, name);
  }

  #end(op: OpenOp): void {
    this.#open.delete(op);
    if (op.osd === null || op.ended_us === null) return;
    const history = this.#historyOf(op.osd);
    const kept = { ...op.told(), ended_us: op.ended_us };
    history.ops.push(kept);
    if (durationOf(kept) >= SLOW_US) this.#keepSlow(op.osd, history, kept);
    if (history.ops.length > KEPT_UNSORTED) this.#forgetOld(op.osd, history);
  }

  #keepSlow(osd: number, { slow }: History, op: TrackedOp): void {
    if (durationOf(op) < this.setting(osd, 'osd_op_history_slow_op_threshold') * 1e6) return;
    slow.push(op);
    if (slow.length > this.setting(osd, 'osd_op_history_slow_op_size')) slow.shift();
  }

  #historyOf(osd: number): History {
    let history = this.#done.get(osd);
    if (history === undefined) this.#done.set(osd, (history = { ops: [], slow: [] }));
    return history;
  }

  /** What is too long ago goes, then what was quickest; also what time travel has taken back. */
  #forgetOld(osd: number, history: History): History {
    const now_us = this.#now_us();
    const from_us = now_us - this.setting(osd, 'osd_op_history_duration') * 1e6;
    const size = this.setting(osd, 'osd_op_history_size');
    const isThere = ({ begun_us, ended_us }: TrackedOp) => begun_us >= from_us && (ended_us ?? 0) <= now_us;
    const longest = history.ops.filter(isThere).sort((a, b) => durationOf(b) - durationOf(a));
    const ops = longest.slice(0, size).sort((a, b) => a.begun_us - b.begun_us);
    history.ops.splice(0, history.ops.length, ...ops);
    const slow = history.slow.filter(({ ended_us }) => (ended_us ?? 0) <= now_us);
    history.slow.splice(0, history.slow.length, ...slow);
    return history;
  }
}

/** Requests are looked through when so many have come together. */
const KEPT_UNSORTED = 400;
/** Settings are asked for requests that took at least so long. */
const SLOW_US = 1_000_000;

export function durationOf({ begun_us, ended_us }: TrackedOp, now_us = begun_us): number {
  return (ended_us ?? now_us) - begun_us;
}

/** A request on its way. */
class OpenOp implements WatchedOp, TrackedOp {
  readonly request: OsdRequest;
  readonly hoid: HObject;
  readonly begun_us: number;
  readonly events: OpEvent[] = [];
  osd: number | null = null;
  pgid = '';
  epoch = 0;
  flag = 'queued for pg';
  ended_us: number | null = null;
  readonly #now_us: () => number;
  readonly #ended: (op: OpenOp) => void;
  #isServed = false;

  constructor(request: OsdRequest, hoid: HObject, now_us: () => number, ended: (op: OpenOp) => void) {
    this.request = request;
    this.hoid = hoid;
    this.begun_us = now_us();
    this.#now_us = now_us;
    this.#ended = ended;
    for (const event of ['initiated', 'queued_for_pg', 'reached_pg']) this.#note(event);
  }

  waitsOn(osd: number, pgid: string, event: string, flag: string): void {
    Object.assign(this, { osd, pgid, flag });
    if (this.events.at(-1)?.event !== event) this.#note(event);
  }

  isHeld(): void {
    this.osd = null;
  }

  served(pg: PgView): void {
    const [primary, ...others] = pg.acting.map(({ osd }) => osd);
    Object.assign(this, { osd: primary ?? null, pgid: pg.pgid, epoch: pg.epoch, flag: 'started' });
    this.#isServed = true;
    if (this.events.some(({ event }) => event.startsWith('waiting'))) this.#note('reached_pg');
    this.#note('started');
    if (!this.request.ops.some(isWrite) || others.length === 0) return;
    this.flag = 'waiting for sub ops';
    this.#note(`waiting for subops from ${others.sort((a, b) => a - b).join(',')}`);
  }

  end(): void {
    if (this.#isServed) {
      const isChange = this.flag === 'waiting for sub ops';
      if (isChange) for (const event of ['op_commit', 'sub_op_commit_rec', 'commit_sent']) this.#note(event);
      this.flag = isChange ? 'commit sent; apply or cleanup' : 'started';
      this.#note('done');
      this.ended_us = this.#now_us();
    }
    this.#ended(this);
  }

  /** As it stands, for keeping. */
  told(): TrackedOp {
    const { request, hoid, begun_us, osd, pgid, epoch, events, flag, ended_us } = this;
    return { request, hoid, begun_us, osd, pgid, epoch, events, flag, ended_us };
  }

  #note(event: string): void {
    this.events.push({ event, at_us: this.#now_us() });
  }
}

/** The tracker of a cluster; null where there was no request yet. */
export function opTrackerOf(records: RecordStore): OpTracker | null {
  const watch = knownOpWatch(records);
  return watch instanceof OpTracker ? watch : null;
}
