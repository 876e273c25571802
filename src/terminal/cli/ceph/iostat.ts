import type { Task } from '../../../engine/base/task.ts';
import { type IoRate, ioRate } from '../../../engine/cluster/stats/io-rates.ts';
import { managerState } from '../../../engine/mon/manager-state.ts';
import type { Process } from '../../process.ts';
import { type CephCommand, cephCommand } from './ceph-command.ts';
import { isOff } from './daemons/off-modules.ts';
import { untilManager } from './manager-wait.ts';

/** True for the one command that is asked again and again. */
export function isIostat({ words }: Pick<CephCommand, 'words'>): boolean {
  return words.join(' ') === 'iostat';
}

/** A terminal as the tool takes it where there is none. */
const COLUMNS = 80;
const ROWS = 25;
/** The header stands again behind so many lines. */
const HEADER_EACH = ROWS - 3;
const HEADER = ['Read', 'Write', 'Total', 'Read IOPS', 'Write IOPS', 'Total IOPS'];
const CELL = Math.floor(COLUMNS / HEADER.length) - 1;
const DEFAULT_PERIOD_S = 1;

/** It is offered and explained as any other; the tool asks again and again, see {@link watchIo}. */
export const iostat = cephCommand({
  words: 'iostat',
  summary: 'what clients read and write, line by line until it is interrupted',
  description: 'A line each second, or as often as -p says; the module iostat must be on.',
  answer: () => ({}),
});

/**
 * `ceph iostat`: asks the manager every `period_s` seconds, once where that is no time at all.
 * @ceph src/ceph.in new_style_command, src/pybind/mgr/iostat/module.py — exact, for a terminal of 80 columns and 25 rows
 */
export function* watchIo(process: Process, period_s = DEFAULT_PERIOD_S): Task<number> {
  for (let lines = 0; ; lines++) {
    yield* untilManager(process.cluster);
    if (!managerState(process.cluster.records).modules.includes('iostat')) return yield* refuse(process);
    const text = `${lines % HEADER_EACH === 0 ? headerText() : ''}${rowText(ratesOf(process))}`;
    yield* process.stdout.write(`${text}\n`);
    if (period_s <= 0) {
      yield* process.stdout.write(text);
      return 0;
    }
    yield period_s * 1e6;
  }
}

function* refuse(process: Process): Task<number> {
  yield* process.stderr.write(`Error: 95 ENOTSUP\n${isOff('iostat', 'iostat')}\n`);
  return 0;
}

/** Read, written and both: bytes, then requests, a second. */
function ratesOf({ cluster }: Process): string[] {
  const { io, seconds }: IoRate = ioRate(cluster.records, cluster.monitor.map().pools.keys()) ?? NOTHING;
  const each = (count: number): number => Math.floor(count / Math.max(1, Math.floor(seconds)));
  const [read, written] = [each(io.readKib) * 1024, each(io.writtenKib) * 1024];
  const [reads, writes] = [each(io.reads), each(io.writes)];
  return [...[read, written, read + written].map(rateText), ...[reads, writes, reads + writes].map(String)];
}

const NONE = { reads: 0, readKib: 0, writes: 0, writtenKib: 0, readRequests: 0, writeRequests: 0 };
const NOTHING: IoRate = { io: NONE, seconds: 1 };
const UNITS = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The next unit is taken from ten of it on. @ceph src/pybind/mgr/mgr_module.py to_pretty_iec — exact */
function rateText(bytes: number): string {
  const power = UNITS.findLastIndex((_, at) => bytes > 10 * 1024 ** (at + 1));
  return power < 0 ? `${bytes} B/s` : `${Math.floor(bytes / 1024 ** (power + 1))} ${UNITS[power]}B/s`;
}

function headerText(): string {
  const line = `+${HEADER.map(() => '-'.repeat(CELL)).join('+')}+\n`;
  return `${line}${rowText(HEADER)}${line}`;
}

function rowText(cells: readonly string[]): string {
  return `|${cells.map((cell) => `${cell.padStart(CELL - 1)} `).join('|')}|\n`;
}
