import { type Task, waitUntil } from '../../../engine/base/task.ts';
import { logEntriesSince, newestLogLine } from '../../../engine/mon/cluster-log.ts';
import type { Process } from '../../process.ts';
import { isAtLeast, watchedLine } from './cluster-log.ts';

/** What of the cluster log is shown. */
export interface LogWatch {
  /** So grave, or graver. */
  readonly level: string;
  /** `cluster`, `audit`, or `*` for both. */
  readonly channel: string;
}

/** `ceph -w`, once it has shown the status: writes lines of the cluster log as they come, until it is interrupted. */
export function* watchLog(process: Process, { level, channel }: LogWatch): Task<never> {
  const { monitor } = process.cluster;
  for (let seen = newestLogLine(monitor); ; ) {
    yield* waitUntil('a line in the cluster log, or Ctrl-C', () => newestLogLine(monitor) > seen);
    const entries = logEntriesSince(monitor, seen);
    seen = newestLogLine(monitor);
    for (const entry of entries)
      if (isAtLeast(entry, level) && (channel === '*' || entry.channel === channel))
        yield* process.stdout.write(`${watchedLine(entry)}\n`);
  }
}
