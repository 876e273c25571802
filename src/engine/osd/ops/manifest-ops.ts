import { holeData, overwriteData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { ManifestTarget, OsdOp } from '../../codec/osd-op.ts';
import { type Manifest, newOnode, type Onode, withManifest } from '../../os/onode.ts';
import type { OpContext } from '../op-context.ts';
import { manifestPools } from '../tier/manifests.ts';

type Op<Name extends OsdOp['op']> = Extract<OsdOp, { op: Name }>;

/** The head, in a pool whose objects may stand for others. */
function headOf(context: OpContext): Onode {
  const { state, exists, pool, hoid } = context;
  if ((pool.extra?.tierOf ?? -1) >= 0) throw new CephError('EINVAL', `${pool.name} is a tier`);
  if (!exists || state === null) throw new CephError('ENOENT', hoid.oid);
  return state;
}

function isSelf({ request }: OpContext, { pool, nspace, oid }: ManifestTarget): boolean {
  return pool === request.pool && nspace === request.nspace && oid === request.oid;
}

function put(context: OpContext, onode: Onode, manifest: Manifest): void {
  manifestPools(context.engine.records).set(String(context.pool.id), true);
  context.set({ ...onode, info: withManifest(onode.info, manifest) });
}

/** From now on the object is another one. Its own content goes. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_SET_REDIRECT — without references */
export function setRedirect(context: OpContext, { target }: Op<'set-redirect'>): void {
  const head = headOf(context);
  if (isSelf(context, target)) throw new CephError('EINVAL', 'an object cannot stand for itself');
  if (head.info.manifest?.kind === 'chunked') throw new CephError('EINVAL', 'the object has chunks');
  context.touchRange(0, context.size);
  const blank = newOnode(context.hoid, context.snapSet);
  put(
    context,
    { ...head, data: blank.data, omap: blank.omap, omapHeader: blank.omapHeader },
    { kind: 'redirect', target },
  );
}

/** A range of the object is kept in another one, too. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_SET_CHUNK — without references */
export function setChunk(context: OpContext, { off, len, target, targetOff }: Op<'set-chunk'>): void {
  const head = headOf(context);
  if (len === 0) throw new CephError('EINVAL', 'an empty chunk');
  if (off + len > context.size) throw new CephError('ERANGE', 'a chunk behind the end of the object');
  const { manifest } = head.info;
  if (manifest?.kind === 'redirect' || isSelf(context, target)) throw new CephError('EINVAL', 'no place for a chunk');
  const chunks = manifest?.chunks ?? [];
  if (chunks.some((chunk) => chunk.off < off + len && off < chunk.off + chunk.len))
    throw new CephError('EOPNOTSUPP', 'chunks overlap');
  const chunk = { off, len, target, targetOff, missing: false, dirty: false };
  put(context, head, { kind: 'chunked', chunks: [...chunks, chunk].sort((a, b) => a.off - b.off) });
}

/** Content that chunks were missing. */
export function fillChunks(context: OpContext, { pieces }: Op<'fill-chunks'>): void {
  const head = headOf(context);
  const { manifest } = head.info;
  if (manifest?.kind !== 'chunked') return;
  let { data } = head;
  for (const piece of pieces) {
    data = overwriteData(data, piece.off, piece.data);
    context.touchRange(piece.off, piece.data.length);
    context.writtenBytes += piece.data.length;
  }
  const filled = manifest.chunks.map((chunk) => ({ ...chunk, missing: false, dirty: false }));
  put(context, { ...head, data }, { kind: 'chunked', chunks: filled });
}

/** Behind a write: chunks that it reached are dirty, and those beyond the end are gone. */
export function markChunks(context: OpContext): void {
  const { state, exists, modifiedRanges: ranges, size } = context;
  const manifest = state?.info.manifest;
  if (state === null || !exists || manifest?.kind !== 'chunked' || ranges.length === 0) return;
  if (context.request.ops.some(({ op }) => op === 'fill-chunks' || op === 'tier-evict')) return;
  const chunks = manifest.chunks
    .filter(({ off, len }) => off + len <= size)
    .map((chunk) => {
      const isReached = ranges.some(({ off, len }) => off < chunk.off + chunk.len && chunk.off < off + len);
      return isReached ? { ...chunk, dirty: true } : chunk;
    });
  put(context, state, { kind: 'chunked', chunks });
}

/** The object is its own again. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_UNSET_MANIFEST — exact but for references */
export function unsetManifest(context: OpContext): void {
  const head = headOf(context);
  if (head.info.manifest === undefined) throw new CephError('EOPNOTSUPP', 'the object stands for itself');
  context.set({ ...head, info: withManifest(head.info, undefined) });
}

/** Nothing to bring where the object stands for itself: what it stands for is brought before this is asked. */
export function tierPromote(context: OpContext): void {
  headOf(context);
}

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_TIER_FLUSH — exact in pools without a pool for chunks */
export function tierFlush(context: OpContext): void {
  headOf(context);
  if (context.snapSet.clones.length > 0) throw new CephError('EBUSY', 'an older clone is not flushed');
  if (context.size > 0) throw new CephError('EINVAL', 'no pool for chunks');
}

/** Drops content that chunks have. EBUSY where it was written to since. @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_TIER_EVICT — exact */
export function tierEvict(context: OpContext): void {
  const head = headOf(context);
  const { manifest } = head.info;
  if (manifest === undefined) throw new CephError('EINVAL', 'the object stands for itself');
  if (manifest.kind === 'redirect') return;
  if (manifest.chunks.some(({ dirty }) => dirty)) throw new CephError('EBUSY', 'a chunk is dirty');
  let { data } = head;
  for (const { off, len } of manifest.chunks) {
    data = overwriteData(data, off, holeData(len));
    context.touchRange(off, len);
  }
  const chunks = manifest.chunks.map((chunk) => ({ ...chunk, missing: true }));
  put(context, { ...head, data }, { kind: 'chunked', chunks });
}
