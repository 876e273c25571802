import type { Data } from '../base/data.ts';
import type { Task } from '../base/task.ts';
import type { OsdOp, OsdOpOutput, OsdRequest, SnapListing } from '../codec/osd-op.ts';
import type { IoCtx } from './io-ctx.ts';
import type { OnServed } from './rados.ts';

/** Requests for many objects that are under way at once (`aio_operate`): each function waits for them all. */

export interface ObjectStretch {
  readonly oid: string;
  readonly off: number;
  readonly len: number;
}

/** What each stretch holds, read by that operation; null for each object that is not there. */
export function readStretches(
  io: IoCtx,
  stretches: readonly (ObjectStretch & { readonly op: 'read' | 'sparse-read' })[],
): Task<readonly (Data | null)[]> {
  const requests = stretches.map(({ oid, op, off, len }) => io.request(oid, [{ op, off, len }]));
  return oneOfEach(io, 'read', requests);
}

/** {@link IoCtx.listSnaps} of each; null for each that is not there. */
export function listSnapsAll(io: IoCtx, oids: readonly string[]): Task<readonly (SnapListing | null)[]> {
  const requests = oids.map((oid) => io.request(oid, [{ op: 'list-snaps' }]));
  return oneOfEach(io, 'list-snaps', requests);
}

/**
 * Changes objects, in this order. One that is not there, though it would have to be, is passed over; of other errors the
 * first is thrown in the end.
 */
export function* operateAll(
  io: IoCtx,
  changes: readonly { readonly oid: string; readonly ops: readonly OsdOp[] }[],
  onServed?: OnServed,
): Task<void> {
  const requests = changes.map(({ oid, ops }) => io.request(oid, ops));
  for (const { error } of yield* io.rados.port.submitAll(requests, onServed))
    if (error !== null && !error.is('ENOENT')) throw error;
}

function* oneOfEach<Name extends keyof OsdOpOutput>(
  io: IoCtx,
  _name: Name,
  requests: readonly OsdRequest[],
): Task<readonly (OsdOpOutput[Name] | null)[]> {
  const completions = yield* io.rados.port.submitAll(requests);
  return completions.map(({ error, outputs }) => {
    // An OSD answers each operation with the type that OsdOpOutput gives for it: its executor is typed by the same table.
    if (error === null) return outputs[0] as OsdOpOutput[Name];
    if (error.is('ENOENT')) return null;
    throw error;
  });
}
