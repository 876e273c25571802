import type { RecordStore } from '../../../../engine/base/records.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { AskedTimes } from '../../../../engine/cluster/rbd-support/schedule-items.ts';
import type { Rados } from '../../../../engine/librados/rados.ts';
import { argText, type CephCall, type CephCommand, cephCommand, requiredText } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { moduleAnswer } from './module-answer.ts';

type Change = (records: RecordStore, rados: Rados, level: string, times: AskedTimes) => Task<void>;
type Question = (records: RecordStore, rados: Rados, level: string) => Task<string>;

/** What the manager does by the clock, for levels: all pools, a pool, a namespace, and below. */
export interface Scheduled {
  /** `rbd trash purge schedule`. */
  readonly words: string;
  /** What a level is written as. */
  readonly level: string;
  readonly summaries: { readonly add: string; readonly remove: string; readonly list: string; readonly status: string };
  readonly add: Change;
  readonly remove: Change;
  readonly list: Question;
  readonly status: Question;
}

/** Its four commands. */
export function scheduleCommands({ words, level, summaries, add, remove, list, status }: Scheduled): CephCommand[] {
  const [levelSpec, startTime] = [
    text('level_spec', level),
    text('start_time', 'from what time of the day on, as 14:00'),
  ];
  const interval = text('interval', 'such as 30m, 12h or 1d');
  return [
    cephCommand({
      words: `${words} add`,
      summary: summaries.add,
      signature: [levelSpec, interval, optional(startTime)],
      answer: (call) => moduleAnswer(call, (rados) => changed(call, rados, add)),
    }),
    cephCommand({
      words: `${words} remove`,
      summary: summaries.remove,
      signature: [levelSpec, optional(interval), optional(startTime)],
      answer: (call) => moduleAnswer(call, (rados) => changed(call, rados, remove)),
    }),
    cephCommand({
      words: `${words} list`,
      summary: summaries.list,
      signature: [optional(levelSpec)],
      answer: (call) => moduleAnswer(call, (rados) => asked(call, rados, list)),
    }),
    cephCommand({
      words: `${words} status`,
      summary: summaries.status,
      signature: [optional(levelSpec)],
      answer: (call) => moduleAnswer(call, (rados) => asked(call, rados, status)),
    }),
  ];
}

function* changed({ cluster, args }: CephCall, rados: Rados, change: Change): Task<string> {
  const times = { interval: argText(args, 'interval') ?? '', startTime: argText(args, 'start_time') ?? '' };
  yield* change(cluster.records, rados, requiredText(args, 'level_spec'), times);
  cluster.startClientModules();
  return '';
}

function asked({ cluster, args }: CephCall, rados: Rados, question: Question): Task<string> {
  return question(cluster.records, rados, argText(args, 'level_spec') ?? '');
}
