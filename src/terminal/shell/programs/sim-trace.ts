import { type Task, waitUntil } from '../../../engine/base/task.ts';
import { type TimedTrace, TraceBook, type TraceReport } from '../../../engine/base/trace-book.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import type { Process, Program } from '../../process.ts';
import { NO_INPUT } from '../io/streams.ts';
import { fail } from './options.ts';
import { roadsText, totalsText } from './trace-text.ts';

/** Operations of each kind that are told singly, where nothing else is asked for, and at most. */
const USUAL = 10;
const MOST = 1000;
/** So long OSDs are followed after the command has ended, in virtual time. */
const FOLLOW_US = 30_000_000;

interface Wanted {
  readonly all: boolean;
  readonly json: boolean;
  readonly each: number;
  readonly command: readonly string[];
}

/**
 * `sim trace [-a] [-n COUNT] [-f json] COMMAND…`: runs a command and tells the road of each operation that it, and the OSDs
 * after it, did. Exits as the command did.
 */
export function* simTrace(process: Process, programs: () => ReadonlyMap<string, Program>): Task<number> {
  const wanted = readWanted(process.argv.slice(2));
  if (typeof wanted === 'string') return yield* fail(process, wanted);
  const { command, each } = wanted;
  const program = programs().get(command[0] ?? '');
  if (program === undefined) return yield* fail(process, `${command[0]}: command not found`, 127);
  const book = new TraceBook(each);
  const exitCode = yield* listening(process.cluster, book, function* () {
    const exit = yield* program({ ...process, argv: command, stdin: NO_INPUT });
    yield* settled(process.cluster);
    return exit;
  });
  yield* process.stdout.write(reportText(book.report(), wanted));
  return exitCode;
}

/** Beside whoever listens already. */
function* listening(cluster: Cluster, book: TraceBook, body: () => Task<number>): Task<number> {
  const { onEvent } = cluster;
  cluster.onEvent = (event) => {
    onEvent?.(event);
    if (event.event.type === 'osd/op-traced') book.add(event.at_us, event.event.trace);
  };
  try {
    return yield* body();
  } finally {
    cluster.onEvent = onEvent;
  }
}

function* settled(cluster: Cluster): Task<void> {
  const end_us = cluster.now_us() + FOLLOW_US;
  yield* waitUntil('OSDs are at work', () => !cluster.hasWork() || cluster.now_us() >= end_us);
}

/** What is asked for; a text where it is wrong. */
function readWanted(words: string[]): Wanted | string {
  let [all, json, each] = [false, false, USUAL];
  while (words[0]?.startsWith('-')) {
    const word = words.shift();
    if (word === '--') break;
    if (word === '-a' || word === '--all') all = true;
    else if (word === '-n') each = Number(words.shift());
    else if (word === '-f' || word === '--format') {
      if (words.shift() !== 'json') return 'trace: -f takes json';
      json = true;
    } else return `trace: unknown option ${word}`;
  }
  if (!Number.isInteger(each) || each < 0 || each > MOST) return `trace: -n takes a number from 0 to ${MOST}`;
  return words.length === 0 ? 'trace: COMMAND is missing' : { all, json, each, command: words };
}

function reportText(report: TraceReport, { all, json }: Wanted): string {
  if (json) return `${JSON.stringify(report)}\n`;
  const shown = report.sample.filter(({ kind }) => all || isContent(kind));
  return roadsText(shown) + totalsText(report, shown.length);
}

/** What is not content (headers, locks, object maps) is told where it is asked for. */
function isContent(kind: TimedTrace['kind']): boolean {
  return kind !== 'meta' && kind !== 'list';
}
