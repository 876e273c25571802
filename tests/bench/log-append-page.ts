import { flattenFull } from './flatten.ts';
import { type AppendRun, appendToLog } from './log-append.ts';

/** The record of a flatten of so many full objects, made and appended in this page. */
export function run(objects: number): Promise<AppendRun> {
  return appendToLog(flattenFull(objects).diff);
}

Object.assign(globalThis, { run });
