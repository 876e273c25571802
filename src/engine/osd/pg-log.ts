import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { HObject } from '../os/hobject.ts';
import type { EVersion, ObjectInfo } from '../os/onode.ts';
import { compareVersions } from './pg.ts';

/**
 * What a write did to an object: `pg_log_entry_t`, as far as this cluster uses it. Name and `info` are those of the object
 * as it was written, the same values and not only equal ones: so an entry takes next to no room beside its object.
 */
export interface PgLogEntry {
  readonly op: 'modify' | 'clone' | 'delete';
  readonly hoid: HObject;
  /** Version, version before, time, and the client that asked for it. */
  readonly info: LoggedInfo;
}

export type LoggedInfo = Pick<ObjectInfo, 'version' | 'priorVersion' | 'mtime_us' | 'lastClient'>;

/** Entries in a row of the log, in order: all whose version is of the same sixteen. */
export type LogChunk = readonly PgLogEntry[];

/** Each write makes a chunk anew, so that one is short. */
const CHUNK_VERSIONS = 16;

const PG_LOG = tableName<LogChunk>('pg-log');

/** The log of a PG, in chunks by version. All OSDs that hold the PG share it: a write reaches all of them or none. */
export function pgLog(records: RecordStore, pgid: string): Table<LogChunk> {
  return records.memberTable(PG_LOG, pgid);
}

/** `12'34`. */
export function logKey({ epoch, version }: EVersion): string {
  return `${epoch}'${version}`;
}

export function appendLog(log: Table<LogChunk>, entries: readonly PgLogEntry[]): void {
  for (let at = 0; at < entries.length; ) {
    const first = at;
    const number = chunkOf(entries[at]);
    while (at < entries.length && chunkOf(entries[at]) === number) at++;
    const key = String(number);
    const more = first === 0 && at === entries.length ? entries : entries.slice(first, at);
    const chunk = log.get(key);
    log.set(key, chunk === undefined ? more : [...chunk, ...more]);
  }
}

/** How far a PG's log may grow. */
export interface LogLimits {
  /** Entries that it is cut down to. */
  readonly target: number;
  /** Fewer than so many are not cut off. */
  readonly least: number;
}

/**
 * Cuts the oldest entries off a log of `size` entries, where it is over its limits. Gives the new tail and size, null where
 * nothing was to be done.
 * @ceph src/osd/PeeringState.cc calc_trim_to_aggressive — exact, but for osd_pg_log_trim_max
 */
export function trimLog(
  log: Table<LogChunk>,
  size: number,
  { target, least }: LogLimits,
): { readonly tail: EVersion; readonly size: number } | null {
  let left = size - target;
  if (left < Math.max(1, least)) return null;
  let tail: EVersion | undefined;
  for (const key of chunkKeys(log)) {
    const chunk = log.get(key) ?? [];
    const gone = Math.min(left, chunk.length);
    tail = chunk[gone - 1]?.info.version ?? tail;
    replaceChunk(log, key, chunk.slice(gone));
    left -= gone;
    if (left === 0) break;
  }
  return tail === undefined ? null : { tail, size: target + left };
}

/** Entries in order. */
export function logEntries(log: Table<LogChunk>): PgLogEntry[] {
  return chunkKeys(log).flatMap((key) => [...(log.get(key) ?? [])]);
}

/** The newest entries, the newest first. */
export function newestEntries(log: Table<LogChunk>, count: number): PgLogEntry[] {
  const newest: PgLogEntry[] = [];
  for (const key of chunkKeys(log).reverse()) {
    if (newest.length >= count) break;
    newest.push(...(log.get(key) ?? []).toReversed());
  }
  return newest.slice(0, count);
}

export function logSize(log: Table<LogChunk>): number {
  let size = 0;
  for (const chunk of log.values()) size += chunk.length;
  return size;
}

/** Drops entries after `head`: they were made in a history that the PG did not go on from. */
export function rewindLog(log: Table<LogChunk>, head: EVersion): void {
  filterLog(log, ({ info }) => compareVersions(info.version, head) <= 0);
}

/** Keeps some entries of a log; gives the others in order. */
export function filterLog(log: Table<LogChunk>, isKept: (entry: PgLogEntry) => boolean): PgLogEntry[] {
  const others: PgLogEntry[] = [];
  for (const key of chunkKeys(log)) {
    const chunk = log.get(key) ?? [];
    const gone = chunk.filter((entry) => !isKept(entry));
    if (gone.length === 0) continue;
    others.push(...gone);
    replaceChunk(log, key, chunk.filter(isKept));
  }
  return others;
}

function replaceChunk(log: Table<LogChunk>, key: string, chunk: LogChunk): void {
  if (chunk.length === 0) log.delete(key);
  else log.set(key, chunk);
}

function chunkOf(entry: PgLogEntry | undefined): number {
  return Math.floor((entry?.info.version.version ?? 0) / CHUNK_VERSIONS);
}

/** In order: a table's own order is lost when records are brought back. */
function chunkKeys(log: Table<LogChunk>): string[] {
  return [...log.keys()].sort((a, b) => Number(a) - Number(b));
}
