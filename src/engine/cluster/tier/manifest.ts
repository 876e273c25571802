import { concatData, type Data, holeData, NO_DATA, sliceData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { requestTime_us } from '../../base/request-time.ts';
import type { Task } from '../../base/task.ts';
import { isWrite, type ManifestTarget, type OsdOp, type OsdOpName, type OsdRequest } from '../../codec/osd-op.ts';
import { NO_SNAPC, NOSNAP } from '../../codec/snap.ts';
import { hobjectKey } from '../../os/hobject.ts';
import type { Manifest, ManifestChunk, Onode } from '../../os/onode.ts';
import { findAtSnap } from '../../osd/find-object.ts';
import { objectIn, type PgView } from '../../osd/primary-log-pg.ts';
import { requestedHead } from '../requested-head.ts';
import type { TierPort } from './hook.ts';
import { serve } from './serve.ts';

/**
 * A request in a pool with objects that stand for others: goes on to those, or brings back what chunks lack.
 * @ceph src/osd/PrimaryLogPG.cc maybe_handle_manifest_detail — exact but that reads of missing chunks bring them back
 */
export function* submitByManifest(port: TierPort, request: OsdRequest): Task<readonly unknown[]> {
  const [first] = request.ops;
  for (;;) {
    const pg = yield* port.ready(request, request.ops.some(isWrite));
    const manifest = manifestOf(headOf(pg, request), request.snap);
    const isOwn = isOfManifest(request);
    if (manifest?.kind === 'redirect' && !isOwn) return yield* port.submit(sentOn(request, manifest.target));
    if (manifest?.kind === 'redirect' && first?.op === 'tier-promote')
      return yield* promoteRedirect(port, request, manifest.target);
    const chunks = manifest?.kind === 'chunked' ? manifest.chunks : [];
    const brings = first?.op === 'tier-promote' || ((!isOwn || first?.op === 'unset-manifest') && lackSome(chunks));
    if (chunks.length === 0 || !brings) return yield* timed(port, () => serve(port, pg, request));
    yield* bringBack(port, request, first?.op === 'tier-promote' ? chunks.filter(({ dirty }) => !dirty) : chunks);
    if (first?.op === 'tier-promote') return [undefined];
  }
}

const OPS: ReadonlySet<OsdOpName> = new Set<OsdOpName>([
  'set-redirect',
  'set-chunk',
  'unset-manifest',
  'tier-promote',
  'tier-flush',
  'tier-evict',
]);

/** True of a request for the object itself, whatever it stands for. */
function isOfManifest({ ops }: OsdRequest): boolean {
  return ops.some(({ op }) => OPS.has(op));
}

/** Of the head; a clone is what the object was before. */
function manifestOf(head: Onode | undefined, snap: number): Manifest | undefined {
  if (head === undefined || head.snapSet === null || head.info.manifest?.kind !== 'redirect')
    return head?.info.manifest;
  return snap === NOSNAP || findAtSnap(head.snapSet, snap) === 'head' ? head.info.manifest : undefined;
}

function lackSome(chunks: readonly ManifestChunk[]): boolean {
  return chunks.some(({ missing }) => missing);
}

function headOf(pg: PgView, request: OsdRequest): Onode | undefined {
  return objectIn(pg, hobjectKey(requestedHead(request)));
}

/** Snapshots of one pool mean nothing in another. */
function sentOn(request: OsdRequest, { pool, nspace, oid, locator }: ManifestTarget): OsdRequest {
  return { ...request, pool, nspace, oid, locator, snapc: NO_SNAPC, snap: NOSNAP };
}

/** The object becomes what it stood for. */
function* promoteRedirect(port: TierPort, request: OsdRequest, target: ManifestTarget): Task<readonly unknown[]> {
  for (;;) {
    const source = sentOn(request, target);
    const pg = yield* port.ready(request, true);
    const from = yield* port.ready(source, false);
    if (port.pgs.view(pg.pool.id, pg.seed) !== pg) continue;
    const onode = objectIn(from, hobjectKey(requestedHead(source)));
    if (onode === undefined || onode.info.whiteout) throw new CephError('ENOENT', target.oid);
    const ops: OsdOp[] = [{ op: 'copy-from', source: { ...onode, dataDigest: onode.info.dataDigest === true } }];
    return yield* timed(port, () => serve(port, pg, { ...request, ops }));
  }
}

/** Content of chunks, read from where they are kept, and put where it belongs. What is not there any more is zeros. */
function* bringBack(port: TierPort, request: OsdRequest, chunks: readonly ManifestChunk[]): Task<void> {
  const pieces: { off: number; data: Data }[] = [];
  for (const chunk of chunks) pieces.push({ off: chunk.off, data: yield* readChunk(port, request, chunk) });
  const pg = yield* port.ready(request, true);
  const now = headOf(pg, request)?.info.manifest;
  // While that was read, somebody may have written to the object.
  if (now?.kind !== 'chunked' || chunks.some((chunk) => !now.chunks.includes(chunk))) return;
  const ops: OsdOp[] = [{ op: 'fill-chunks', pieces }];
  yield* timed(port, () => serve(port, pg, { ...request, ops, snapc: NO_SNAPC }));
}

function* readChunk(port: TierPort, request: OsdRequest, { target, targetOff, len }: ManifestChunk): Task<Data> {
  const ops: OsdOp[] = [{ op: 'read', off: targetOff, len }];
  const [read] = yield* port.submit({ ...sentOn(request, target), ops });
  // An OSD answers a read with data.
  const data = (read as Data | undefined) ?? NO_DATA;
  return concatData([sliceData(data, 0, data.length), holeData(len - data.length)]);
}

function* timed<T>({ engine: { cost } }: TierPort, run: () => T): Task<T> {
  const { readBytes, writeBytes } = cost;
  const value = run();
  yield requestTime_us(cost.readBytes - readBytes, cost.writeBytes - writeBytes);
  return value;
}
