import type { EngineContext } from '../../base/context.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { type HObject, hobjectKey } from '../../os/hobject.ts';
import { NO_SNAPSET, newOnode, type Onode } from '../../os/onode.ts';
import { findAtSnap } from '../find-object.ts';
import { objectIn, type PgView } from '../primary-log-pg.ts';
import { nextVersion, putObject } from './store-change.ts';

/**
 * Copies an object's head from the base pool into a cache, with what it knows of its clones, which stay where they are.
 * One that is not there becomes a whiteout: the cache knows then that it is not.
 * @ceph src/osd/PrimaryLogPG.cc promote_object, finish_promote — exact, in one step
 */
export function promoteHead(engine: EngineContext, cache: PgView, base: PgView, hoid: HObject): void {
  const source = objectIn(base, hobjectKey(hoid));
  const blank = newOnode(hoid, source?.snapSet ?? NO_SNAPSET);
  if (source !== undefined && !source.info.whiteout) {
    putPromoted(engine, cache, { ...blank, ...contentOf(source) }, source);
    return;
  }
  const info = { ...blank.info, mtime_us: engine.now_us(), whiteout: true };
  putPromoted(engine, cache, { ...blank, info }, undefined);
}

/** Copies a clone that a head of the cache tells of; false where the base has nothing that it could be. */
export function promoteClone(engine: EngineContext, cache: PgView, base: PgView, head: Onode, clone: number): boolean {
  const source = cloneInBase(base, head, clone);
  if (source === undefined) return false;
  const blank = newOnode({ ...head.hoid, snap: clone }, NO_SNAPSET);
  putPromoted(engine, cache, { ...blank, snapSet: null, ...contentOf(source) }, source);
  return true;
}

/** What the base has of a clone: where it was not written to since, that is the head. */
function cloneInBase(base: PgView, head: Onode, clone: number): Onode | undefined {
  const snap = head.snapSet?.clones.find(({ id }) => id === clone)?.snaps[0] ?? clone;
  const found = objectIn(base, hobjectKey(head.hoid));
  if (found?.snapSet === undefined || found.snapSet === null) return undefined;
  const target = findAtSnap(found.snapSet, snap);
  if (target === 'none') return undefined;
  const source = target === 'head' ? found : objectIn(base, hobjectKey({ ...head.hoid, snap: target }));
  return source?.info.whiteout === true ? undefined : source;
}

function contentOf({ data, xattrs, omap, omapHeader, info }: Onode) {
  const { mtime_us, dataDigest } = info;
  const known = dataDigest === true ? { dataDigest } : {};
  const fresh = newOnode({ nspace: '', oid: '', locator: '', hash: 0, snap: NOSNAP }, NO_SNAPSET).info;
  return { data, xattrs, omap, omapHeader, info: { ...fresh, mtime_us, ...known } };
}

function putPromoted(engine: EngineContext, cache: PgView, onode: Onode, source: Onode | undefined): void {
  const version = nextVersion(engine, cache);
  const { version: number } = version;
  const info = { ...onode.info, version, userVersion: number, cleanAt: number };
  const { cost } = engine;
  const bytes = source?.data.length ?? 0;
  cost.diskReads++;
  cost.readBytes += bytes;
  cost.networkBytes += bytes;
  putObject(engine, cache, 'promote', { ...onode, info }, undefined);
}
