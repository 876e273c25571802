import { CephError, cppStrerror, type ErrnoName } from '../base/errno.ts';
import type { Task } from '../base/task.ts';
import type { Rados } from './rados.ts';

/** An error that a library of the client notes down on its way, in its log at level -1. */
export interface LoggedError {
  /** What met it, such as `librbd::image::CloneRequest`. */
  readonly source: string;
  /** The source tells its address in memory, too: there are several of a kind. */
  readonly isOneOfMany: boolean;
  readonly text: string;
}

const LOGS = new WeakMap<Rados, (error: LoggedError) => void>();

/** Hears what the client's libraries note down from now on. */
export function hearErrors(rados: Rados, log: (error: LoggedError) => void): void {
  LOGS.set(rados, log);
}

/** Notes an error down; `source` begins with `*` where it is one of many. */
export function logError(rados: Rados, source: string, text: string): void {
  const isOneOfMany = source.startsWith('*');
  LOGS.get(rados)?.({ source: isOneOfMany ? source.slice(1) : source, isOneOfMany, text });
}

/** An error to be thrown whose reason the client notes down. */
export function logged(rados: Rados, errno: ErrnoName, source: string, text: string): CephError {
  logError(rados, source, text);
  return new CephError(errno, text);
}

/** Runs a task; an errno is noted down as `words: (2) No such file or directory`, and thrown on. */
export function* logging<T>(rados: Rados, source: string, words: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (error instanceof CephError) logError(rados, source, `${words}: ${cppStrerror(error.errno)}`);
    throw error;
  }
}

/** The same, with words that say no errno. */
export function* noting<T>(rados: Rados, source: string, words: string, task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (error instanceof CephError) logError(rados, source, words);
    throw error;
  }
}
