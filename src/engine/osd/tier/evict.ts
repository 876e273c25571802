import type { EngineContext } from '../../base/context.ts';
import { CephError } from '../../base/errno.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { hobjectKey } from '../../os/hobject.ts';
import type { Onode } from '../../os/onode.ts';
import { objectIn, type PgView } from '../primary-log-pg.ts';
import { isDirty } from './clean.ts';
import { dropObject } from './store-change.ts';

/** Drops an object of a cache. EBUSY where the base has it not as it is, where it is watched, and of a head with clones. */
export function evictObject(engine: EngineContext, cache: PgView, onode: Onode): void {
  if (!mayEvict(cache, onode)) throw new CephError('EBUSY', `${onode.hoid.oid}: dirty, watched, or with clones`);
  dropObject(engine, cache, onode);
}

/** @ceph src/osd/PrimaryLogPG.cc do_osd_ops CEPH_OSD_OP_CACHE_EVICT, _verify_no_head_clones — exact */
export function mayEvict(cache: PgView, onode: Onode): boolean {
  if (isDirty(onode) || onode.info.watchers.length > 0) return false;
  if (onode.hoid.snap !== NOSNAP) return true;
  const clones = onode.snapSet?.clones ?? [];
  return !clones.some(({ id }) => objectIn(cache, hobjectKey({ ...onode.hoid, snap: id })) !== undefined);
}
