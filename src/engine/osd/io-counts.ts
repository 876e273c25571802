import type { EngineContext } from '../base/context.ts';
import type { Data } from '../base/data.ts';
import { type RecordStore, type Table, tableName } from '../base/records.ts';
import type { OsdOp } from '../codec/osd-op.ts';
import type { OpContext } from './op-context.ts';
import type { PgView } from './primary-log-pg.ts';

/** What clients read and wrote in a PG: operations, and their bytes rounded up to KiB operation by operation; and the requests that brought them. */
export interface IoCounts {
  readonly reads: number;
  readonly readKib: number;
  readonly writes: number;
  readonly writtenKib: number;
  readonly readRequests: number;
  readonly writeRequests: number;
}

export const NO_IO: IoCounts = { reads: 0, readKib: 0, writes: 0, writtenKib: 0, readRequests: 0, writeRequests: 0 };

const IO_TABLE = tableName<IoCounts>('pg-io');

/** Counts by PG and the OSD that served it then, as `2.1a@3`. */
export function ioTable(records: RecordStore): Table<IoCounts> {
  return records.table(IO_TABLE);
}

export function sumIo(parts: Iterable<IoCounts>): IoCounts {
  const sum = { ...NO_IO };
  for (const part of parts) addIo(sum, part);
  return sum;
}

/** Counts that are still added to. */
export type Tally = { -readonly [K in keyof IoCounts]: number };

function addIo(sum: Tally, part: IoCounts): void {
  sum.reads += part.reads;
  sum.readKib += part.readKib;
  sum.writes += part.writes;
  sum.writtenKib += part.writtenKib;
  sum.readRequests += part.readRequests;
  sum.writeRequests += part.writeRequests;
}

/** Adds one operation, with what it answered, to a request's counts; class methods count what they do themselves. */
type Counter = (tally: Tally, op: never, output: never) => void;

function addRead(tally: Tally, bytes: number): void {
  tally.reads++;
  tally.readKib += Math.ceil(bytes / 1024);
}

function addWrite(tally: Tally, bytes: number): void {
  tally.writes++;
  tally.writtenKib += Math.ceil(bytes / 1024);
}

const oneRead = (tally: Tally): void => addRead(tally, 0);
const oneWrite = (tally: Tally): void => addWrite(tally, 0);
const readData = (tally: Tally, _: unknown, data: Data): void => addRead(tally, data.length);
const readBytes = (tally: Tally, _: unknown, value: Uint8Array): void => addRead(tally, value.length);
const readKeys = (tally: Tally, _: unknown, keys: readonly string[]): void =>
  addRead(
    tally,
    keys.reduce((sum, key) => sum + key.length, 0),
  );
const readEntries = (tally: Tally, _: unknown, entries: Entries): void => addRead(tally, entriesBytes(entries));
const writeData = (tally: Tally, { data }: { data: Data }): void => addWrite(tally, data.length);
const writeEntries = (tally: Tally, { entries }: { entries: Entries }): void => addWrite(tally, entriesBytes(entries));

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops, write_update_size_and_usage, _delete_oid — delta_stats, exact but for the lengths of encoded maps */
const COUNTERS: Readonly<Partial<Record<OsdOp['op'], Counter>>> = {
  stat: oneRead,
  read: readData,
  'sparse-read': readData,
  write: writeData,
  'write-full': writeData,
  append: writeData,
  zero: oneWrite,
  truncate: oneWrite,
  delete: oneWrite,
  getxattr: readBytes,
  getxattrs: readEntries,
  setxattr: oneWrite,
  rmxattr: oneWrite,
  'omap-get-header': readBytes,
  'omap-get-keys': readKeys,
  'omap-get-vals': readEntries,
  'omap-get-vals-by-keys': readEntries,
  'omap-set': writeEntries,
  'omap-set-header': oneWrite,
  'omap-rm-keys': oneWrite,
  'omap-clear': oneWrite,
  'list-snaps': oneRead,
};

type Entries = Iterable<readonly [string, Uint8Array]>;

function entriesBytes(entries: Entries): number {
  let sum = 0;
  for (const [key, value] of entries) sum += key.length + value.length;
  return sum;
}

/** Adds what one operation did to the counts of its request: for class methods, which do theirs one by one. */
export function countOp(context: OpContext, op: OsdOp, output: unknown): void {
  // The table gives for each operation a function of that very operation and of what it answers.
  const count = COUNTERS[op.op] as ((tally: Tally, op: OsdOp, output: unknown) => void) | undefined;
  if (count !== undefined) count((context.io ??= { ...NO_IO }), op, output);
}

/** Every request asks for the key of its PG. */
const keys = new WeakMap<PgView, string>();

function keyOf(pg: PgView): string {
  let key = keys.get(pg);
  if (key === undefined) keys.set(pg, (key = `${pg.pgid}@${pg.acting[0]?.osd ?? -1}`));
  return key;
}

/** Adds a request that has succeeded to the counts of its PG and OSD. */
export function countRequest(engine: EngineContext, pg: PgView, context: OpContext, outputs: readonly unknown[]): void {
  let at = 0;
  for (const op of context.request.ops) countOp(context, op, outputs[at++]);
  const { io } = context;
  if (io === null || engine.isRecall()) return;
  if (context.modified) io.writeRequests++;
  else io.readRequests++;
  const table = ioTable(engine.records);
  const key = keyOf(pg);
  const before = table.get(key);
  if (before !== undefined) addIo(io, before);
  table.set(key, io);
}
