import { durationOf, type OpTracker, opTrackerOf } from '../../../../engine/cluster/op-watch/op-tracker.ts';
import { configNumber } from '../../../../engine/mon/config/value.ts';
import type { PlainObject } from '../../format/tree.ts';
import { type CephCall, type CephCommand, cephCommand, structured } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { opObject } from './op-text.ts';

type Tracked = ReturnType<OpTracker['inFlight']>;

/** Requests that an OSD has, and those that it had. @ceph src/osd/OSD.cc asok_command dump_ops_in_flight and its like; src/common/TrackedOp.cc — exact */
export function opCommands(osd: number): CephCommand[] {
  const filter = optional({ ...text('filterstr', 'words that the request must have'), repeat: true });
  const command = (words: string, summary: string, dump: (call: CephCall) => PlainObject): CephCommand =>
    cephCommand({ words, summary, signature: [filter], answer: (call) => structured(call, 'ops', dump(call)) });
  return [
    command('dump_ops_in_flight', 'requests that it has not answered', (call) => inFlight(call, osd)),
    command('ops', 'requests that it has not answered', (call) => inFlight(call, osd)),
    command('dump_blocked_ops_count', 'how many requests have waited for long', (call) => {
      const { ops: _, ...counts } = blocked(call, osd);
      return counts;
    }),
    command('dump_blocked_ops', 'requests that have waited for long', (call) => blocked(call, osd)),
    command('dump_historic_ops_by_duration', 'requests that it has answered, those that took longest first', (call) =>
      historic(call, osd, (ops) => ops.sort((a, b) => durationOf(b) - durationOf(a))),
    ),
    command('dump_historic_ops', 'requests that it has answered lately', (call) => historic(call, osd, (ops) => ops)),
    command('dump_historic_slow_ops', 'requests that took long', (call) => ({
      'num to keep': setting(call, osd, 'osd_op_history_slow_op_size'),
      'threshold to keep': setting(call, osd, 'osd_op_history_slow_op_threshold'),
      Ops: shownOps(call, (tracker) => [...tracker.slow(osd)]),
    })),
  ];
}

function setting(call: CephCall, osd: number, name: string): number {
  return configNumber(call.monitor.context.records, `osd.${osd}`, name);
}

function shownOps(call: CephCall, find: (tracker: OpTracker) => Tracked): PlainObject[] {
  const tracker = opTrackerOf(call.monitor.context.records);
  const words = call.args.options.get('filterstr') ?? [];
  const objects = (tracker === null ? [] : find(tracker)).map((op) => opObject(op, call.cluster.now_us()));
  return objects.filter(({ description }) => words.every((word) => String(description).includes(word)));
}

function inFlight(call: CephCall, osd: number): PlainObject {
  const ops = shownOps(call, (tracker) => tracker.inFlight(osd));
  return { ops, num_ops: ops.length };
}

function blocked(call: CephCall, osd: number): PlainObject {
  const ops = shownOps(call, (tracker) => tracker.blocked(osd));
  return { ops, complaint_time: setting(call, osd, 'osd_op_complaint_time'), num_blocked_ops: ops.length };
}

function historic(call: CephCall, osd: number, order: (ops: Tracked) => Tracked): PlainObject {
  return {
    size: setting(call, osd, 'osd_op_history_size'),
    duration: setting(call, osd, 'osd_op_history_duration'),
    ops: shownOps(call, (tracker) => order([...tracker.remembered(osd)])),
  };
}
