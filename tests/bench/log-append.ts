import { noCost } from '../../src/engine/base/cost.ts';
import type { Diff } from '../../src/engine/base/records.ts';
import { RecordStore } from '../../src/engine/base/records.ts';
import { DexieStore } from '../../src/worker/store/dexie-store.ts';
import { LogBook } from '../../src/worker/store/log-book.ts';

/** What appending one command's record to the log in IndexedDB cost. */
export interface AppendRun {
  readonly changes: number;
  readonly mebibytes: number;
  /** From the diff to its record being stored; median, and the first time in a page that has just been opened. */
  readonly milliseconds: number;
  readonly firstMilliseconds: number;
  /** Reading it back: from opening the database to all records being there. */
  readonly loadMilliseconds: number;
}

/** Appends `diff` several times over, each to a database of its own. To be called where there is an IndexedDB. */
export async function appendToLog(diff: Diff, times = 5): Promise<AppendRun> {
  const appends: number[] = [];
  const loads: number[] = [];
  let bytes = 0;
  for (let time = 0; time < times; time++) {
    const name = `radoscope/bench-${time}`;
    const store = await DexieStore.open(name);
    const book = new LogBook(store);
    await book.start({ seed: 1, start_s: 1 }, new RecordStore());
    appends.push(await timed(() => book.append(headOf(diff), diff)));
    bytes = (await store.read())?.log[0]?.bytes.length ?? 0;
    book.close();
    if (book.status.kind !== 'stored') throw new Error(JSON.stringify(book.status));
    loads.push(await timed(() => load(name)));
    indexedDB.deleteDatabase(name);
  }
  return {
    changes: diff.length,
    mebibytes: Math.round((bytes / 2 ** 20) * 10) / 10,
    milliseconds: median(appends),
    firstMilliseconds: Math.round(appends[0] ?? 0),
    loadMilliseconds: median(loads),
  };
}

async function load(name: string): Promise<void> {
  const book = new LogBook(await DexieStore.open(name));
  await book.load(new RecordStore());
  book.close();
}

function headOf(diff: Diff): Parameters<LogBook['append']>[0] {
  const entry = {
    seq: 1,
    line: 'rbd flatten p/clone',
    exitCode: 0,
    at_us: 0,
    took_us: 0,
    cost: noCost(),
    changes: diff.length,
  };
  return { entry, output: [{ stream: 'stderr', text: '\rImage flatten: 100% complete...done.\n' }], userFile: false };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function median(values: readonly number[]): number {
  return Math.round([...values].sort((a, b) => a - b)[values.length >> 1] ?? 0);
}
