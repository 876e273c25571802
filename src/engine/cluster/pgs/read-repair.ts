import type { OsdRequest } from '../../codec/osd-op.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logToCluster } from '../../mon/cluster-log.ts';
import { noteRepair } from '../../mon/osd-repairs.ts';
import { type HObject, hobjectKey } from '../../os/hobject.ts';
import { isThere, type Onode } from '../../os/onode.ts';
import { findAtSnap } from '../../osd/find-object.ts';
import { missingKey, missingTable } from '../../osd/missing.ts';
import type { PgView } from '../../osd/primary-log-pg.ts';
import { dataDigest, hasWrongDigest } from '../../osd/scrub/digests.ts';
import { hobjectText } from '../../osd/scrub/object-text.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import { scrubState, scrubStates } from '../scrub/records.ts';
import type { PlacementGroups } from './placement-groups.ts';

/**
 * Finds that a read of a whole object has a wrong checksum on the primary. Its copy is taken away then, and counts as missing:
 * the read waits until it is made anew from others. [SC7]
 *
 * @returns true where that was so
 * @ceph src/osd/PrimaryLogPG.cc do_read, rep_repair_primary_object — exact: parts of an object are not checked
 */
export function dropsBadCopy(pgs: PlacementGroups, pg: PgView, hoid: HObject, request: OsdRequest): boolean {
  const primary = pg.acting[0];
  if (pg.code !== null || primary === undefined) return false;
  const collection = primary.collection(pg.pool.id, pg.seed);
  const onode = targetOf(hoid, request.snap, (key) => collection.get(key));
  if (onode?.damage === undefined || !isReadWhole(onode, request) || !hasWrongDigest(onode)) return false;
  tell(pgs, pg, primary.osd, onode);
  const { records } = pgs.engine;
  const key = hobjectKey(onode.hoid);
  collection.delete(key);
  missingTable(records, pg.pgid).set(missingKey(primary.id, key), { id: primary.id, key, need: onode.info.version });
  const record = pgs.record(pg.pool.id, pg.seed);
  if (record === undefined) return true;
  const state = scrubState(records, record);
  scrubStates(records).set(pgIdText(record.pool, record.seed), { ...state, repaired: state.repaired + 1 });
  noteRepair(records, primary.osd);
  if (record.work === 'none') pgs.put({ ...record, work: 'recovery_wait' });
  pgs.startWork();
  return true;
}

function targetOf(hoid: HObject, snap: number, get: (key: string) => Onode | undefined): Onode | undefined {
  const head = get(hobjectKey(hoid));
  if (snap === NOSNAP || !isThere(head) || head.snapSet === null) return isThere(head) ? head : undefined;
  const target = findAtSnap(head.snapSet, snap);
  if (target === 'head') return head;
  return target === 'none' ? undefined : get(hobjectKey({ ...hoid, snap: target }));
}

function isReadWhole({ data, damage }: Onode, { ops }: OsdRequest): boolean {
  // What is shorter than it should be is read as it is.
  if (damage?.data?.length !== data.length) return false;
  return ops.some((op) => op.op === 'read' && op.off === 0 && op.len >= data.length);
}

function tell(pgs: PlacementGroups, pg: PgView, osd: number, onode: Onode): void {
  const soid = hobjectText(pg.pool.id, onode.hoid);
  const [is, was] = [dataDigest(onode.data), dataDigest(onode.damage?.data ?? onode.data)].map((digest) =>
    digest.toString(16),
  );
  const others = pg.acting.filter((store) => store.osd !== osd).map((store) => store.osd);
  const lines = [
    `${pg.pgid} full-object read crc 0x${is} != expected 0x${was} on ${soid}`,
    `${pg.pgid} missing primary copy of ${soid}, ${others.length === 0 ? 'unfound' : `will try copies on ${others.sort((a, b) => a - b).join(',')}`}`,
  ];
  for (const text of lines) logToCluster(pgs.monitor, { who: `osd.${osd}`, channel: 'cluster', level: 'error', text });
}
