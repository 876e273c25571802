import type { Task } from '../../../../engine/base/task.ts';
import { askForPerf } from '../../../../engine/cluster/rbd-support/perf-query.ts';
import { PERF_COUNTERS, type PerfReport, perfJson } from '../../../../engine/cluster/rbd-support/perf-report.ts';
import type { Rados } from '../../../../engine/librados/rados.ts';
import { argText, type CephCall, type CephCommand, cephCommand } from '../ceph-command.ts';
import { choice, optional, text } from '../signatures.ts';
import { moduleAnswer } from './module-answer.ts';

const SORT_BY = ['write_ops', 'write_bytes', 'write_latency', 'read_ops', 'read_bytes', 'read_latency'];

function perfCommand(words: string, report: PerfReport, summary: string): CephCommand {
  return cephCommand({
    words: `rbd perf image ${words}`,
    summary,
    description: 'OSDs begin to count when this is first asked, and stop a minute after it was last asked.',
    signature: [optional(text('pool_spec')), optional(choice('sort_by', SORT_BY))],
    answer: (call) => moduleAnswer(call, (rados) => tell(call, rados, report)),
  });
}

function* tell({ cluster, args }: CephCall, rados: Rados, report: PerfReport): Task<string> {
  const query = askForPerf(cluster.records, rados, argText(args, 'pool_spec') ?? '');
  cluster.startClientModules();
  const wanted = argText(args, 'sort_by');
  const sortBy = PERF_COUNTERS.find((name) => name === wanted) ?? 'write_ops';
  return perfJson(query, sortBy, report, cluster.now_us());
}

export const imagePerfCommands: readonly CephCommand[] = [
  perfCommand('stats', 'stat', 'what is read and written of images now, a second'),
  perfCommand('counters', 'counter', 'what was read and written of images since this was first asked'),
];
