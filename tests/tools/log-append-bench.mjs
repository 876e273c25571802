// Appends the record of a large flatten to the log in the IndexedDB of a real Chromium, and says how long it took.
import { runInPage } from './page-bench.mjs';

/** Gives changes, mebibytes, milliseconds (median), firstMilliseconds and loadMilliseconds. */
export function benchLogAppend(objects = 25_600) {
  return runInPage('tests/bench/log-append-page.ts', 'log-append', objects);
}
