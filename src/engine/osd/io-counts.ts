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
  for (const part of parts) {
    sum.reads += part.reads;
    sum.readKib += part.readKib;
    sum.writes += part.writes;
    sum.writtenKib += part.writtenKib;
    sum.readRequests += part.readRequests;
    sum.writeRequests += part.writeRequests;
  }
  return sum;
}

/** What one operation counts, told from it and from what it answered; class methods count what they do themselves. */
type Counted = (op: never, output: never) => Partial<IoCounts>;

const READ = (bytes: number): Partial<IoCounts> => ({ reads: 1, readKib: kib(bytes) });
const WRITE = (bytes: number): Partial<IoCounts> => ({ writes: 1, writtenKib: kib(bytes) });
const ONE_READ = (): Partial<IoCounts> => ({ reads: 1 });
const ONE_WRITE = (): Partial<IoCounts> => ({ writes: 1 });
const written = ({ data }: { data: Data }): Partial<IoCounts> => WRITE(data.length);

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops, write_update_size_and_usage, _delete_oid — delta_stats, exact but for the lengths of encoded maps */
const COUNTED: Readonly<Partial<Record<OsdOp['op'], Counted>>> = {
  stat: ONE_READ,
  read: (_, data: Data) => READ(data.length),
  'sparse-read': (_, data: Data) => READ(data.length),
  write: written,
  'write-full': written,
  append: written,
  zero: ONE_WRITE,
  truncate: ONE_WRITE,
  delete: ONE_WRITE,
  getxattr: (_, value: Uint8Array) => READ(value.length),
  getxattrs: (_, values: ReadonlyMap<string, Uint8Array>) => READ(entriesBytes(values)),
  setxattr: ONE_WRITE,
  rmxattr: ONE_WRITE,
  'omap-get-header': (_, value: Uint8Array) => READ(value.length),
  'omap-get-keys': (_, keys: readonly string[]) => READ(keys.reduce((sum, key) => sum + key.length, 0)),
  'omap-get-vals': (_, entries: Iterable<readonly [string, Uint8Array]>) => READ(entriesBytes(entries)),
  'omap-get-vals-by-keys': (_, entries: Iterable<readonly [string, Uint8Array]>) => READ(entriesBytes(entries)),
  'omap-set': ({ entries }: { entries: ReadonlyMap<string, Uint8Array> }) => WRITE(entriesBytes(entries)),
  'omap-set-header': ONE_WRITE,
  'omap-rm-keys': ONE_WRITE,
  'omap-clear': ONE_WRITE,
  'list-snaps': ONE_READ,
};

function kib(bytes: number): number {
  return Math.ceil(bytes / 1024);
}

function entriesBytes(entries: Iterable<readonly [string, Uint8Array]>): number {
  let sum = 0;
  for (const [key, value] of entries) sum += key.length + value.length;
  return sum;
}

/** Adds what one operation did to the counts of its request: for class methods, which do theirs one by one. */
export function countOp(context: OpContext, op: OsdOp, output: unknown): void {
  // The table gives for each operation a function of that very operation and of what it answers.
  const count = COUNTED[op.op] as ((op: OsdOp, output: unknown) => Partial<IoCounts>) | undefined;
  if (count !== undefined) context.io = sumIo([context.io ?? NO_IO, { ...NO_IO, ...count(op, output) }]);
}

/** Adds a request that has succeeded to the counts of its PG and OSD. */
export function countRequest(engine: EngineContext, pg: PgView, context: OpContext, outputs: readonly unknown[]): void {
  for (const [at, op] of context.request.ops.entries()) countOp(context, op, outputs[at]);
  const { io } = context;
  if (io === null || engine.isRecall()) return;
  const table = ioTable(engine.records);
  const key = `${pg.pgid}@${pg.acting[0]?.osd ?? -1}`;
  const isWriting = context.modified;
  const request = { ...io, readRequests: Number(!isWriting), writeRequests: Number(isWriting) };
  table.set(key, sumIo([table.get(key) ?? NO_IO, request]));
}
