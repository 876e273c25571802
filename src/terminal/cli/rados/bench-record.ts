import { bytesData, bytesOfData } from '../../../engine/base/data.ts';
import { CephError, isErrno } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { Decoder, encode } from '../../../engine/codec/denc.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { RadosCall } from './rados-command.ts';
import { optionOf } from './rados-command.ts';
import { writeOps } from './writable.ts';

/** What a run wrote, kept in an object so that a later run can read or remove it. */
export interface RunRecord {
  readonly objectBytes: number;
  readonly operations: number;
  /** The number that tells its objects' names from those of other runs. */
  readonly process: number;
  readonly opBytes: number;
}

export const BENCH_PREFIX = 'benchmark_data';
const DEFAULT_RUN = 'benchmark_last_metadata';
/** No record is longer. */
const RECORD_BYTES = 24;

export function runName(call: RadosCall): string {
  return optionOf(call.args, 'run-name') || DEFAULT_RUN;
}

export function hostPrefix(call: RadosCall): string {
  return `${BENCH_PREFIX}_${call.process.env.get('HOSTNAME') ?? 'vm'}`;
}

export function objectName(call: RadosCall, process: number, index: number): string {
  return `${hostPrefix(call)}_${process}_object${index}`;
}

export function objectsOf({ operations, objectBytes, opBytes }: RunRecord): number {
  const perObject = opBytes > 0 && objectBytes > opBytes ? Math.floor(objectBytes / opBytes) : 1;
  return Math.ceil(operations / perObject);
}

/** @ceph src/common/obj_bencher.cc write_bench — exact */
export function* saveRun(io: IoCtx, name: string, run: RunRecord): Task<void> {
  const { objectBytes, operations, process, opBytes } = run;
  const bytes = encode((e) => e.u64(objectBytes).s32(operations).s32(process).u64(opBytes));
  yield* writeOps(io, name, [{ op: 'write-full', data: bytesData(bytes) }]);
}

/** Throws ENOENT where there is none, or an empty one. @ceph src/common/obj_bencher.cc fetch_bench_metadata — exact */
export function* loadRun(io: IoCtx, name: string): Task<RunRecord> {
  const data = yield* io.read(name, 0, RECORD_BYTES);
  if (data.length === 0) throw new CephError('ENOENT', name);
  const d = new Decoder(bytesOfData(data));
  const [objectBytes, operations, process] = [d.u64(), d.s32(), d.s32()];
  return { objectBytes, operations, process, opBytes: d.remaining > 0 ? d.u64() : objectBytes };
}

/** Removes objects; those that are gone already count. Gives how many. */
export function* removeAll(targets: readonly { readonly io: IoCtx; readonly oid: string }[]): Task<number> {
  for (const { io, oid } of targets) {
    try {
      yield* writeOps(io, oid, [{ op: 'delete' }]);
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error;
    }
  }
  return targets.length;
}

export function removedText(count: number): string {
  return `Removed ${count} object${count === 1 ? '' : 's'}\n`;
}
