import { must } from '../../base/assert.ts';
import { CephError } from '../../base/errno.ts';
import { NOSNAP } from '../../codec/snap.ts';
import { logToCluster } from '../../mon/cluster-log.ts';
import { type HObject, reverseBits } from '../../os/hobject.ts';
import { type EVersion, isThere, NO_EVERSION, type Onode } from '../../os/onode.ts';
import { osdOfShard } from '../../os/shard-id.ts';
import { copyOf } from '../../osd/copy-of.ts';
import { type MissingRow, missingTable } from '../../osd/missing.ts';
import { compareVersions, lacksUnfound, type PgRecord } from '../../osd/pg.ts';
import type { PgLogEntry } from '../../osd/pg-log.ts';
import { type PgView, writePg } from '../../osd/primary-log-pg.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** An object of which no OSD up has the version that counts. */
export interface UnfoundObject {
  readonly key: string;
  readonly hoid: HObject;
  readonly need: EVersion;
  /** What the OSDs up have of it at best; 0'0 where they have nothing. */
  readonly have: EVersion;
}

/** Objects of a PG that nobody up has, in order. @ceph src/osd/MissingLoc.cc num_unfound — exact */
export function unfoundObjects(pgs: PlacementGroups, record: PgRecord): UnfoundObject[] {
  const pg = pgs.view(record.pool, record.seed);
  const rows = new Map<string, MissingRow>();
  for (const row of missingTable(pgs.engine.records, pgIdText(record.pool, record.seed)).values())
    rows.set(row.key, row);
  if (pg === null) return [];
  const stores = pgs.upStores(record);
  const unfound = [...rows.values()].filter((row) => copyOf(stores, pg, row) === undefined);
  return unfound
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, need }) => ({
      key,
      need,
      hoid: hoidOf(key),
      have: newest(pgs, record, key)?.info.version ?? NO_EVERSION,
    }));
}

/** How many objects some OSD that acts lacks. */
export function missingObjects(pgs: PlacementGroups, { pool, seed }: PgRecord): number {
  const rows = missingTable(pgs.engine.records, pgIdText(pool, seed)).values();
  return new Set([...rows].map(({ key }) => key)).size;
}

/** What a key of a PG's table says. */
function hoidOf(key: string): HObject {
  const [hash = '', nspace = '', locator = '', oid = '', snap = 'head'] = key.split('\0');
  return {
    nspace,
    oid,
    locator: locator === oid ? '' : locator,
    hash: reverseBits(Number.parseInt(hash, 16)),
    snap: snap === 'head' ? NOSNAP : Number.parseInt(snap, 16),
  };
}

function newest(pgs: PlacementGroups, record: PgRecord, key: string): Onode | undefined {
  let best: Onode | undefined;
  for (const store of pgs.upStores(record)) {
    const onode = store.collection(record.pool, record.seed).get(key);
    if (!isThere(onode)) continue;
    if (best === undefined || compareVersions(onode.info.version, best.info.version) > 0) best = onode;
  }
  return best;
}

/** OSDs that may have what is unfound, and why they do not give it. @ceph src/osd/PeeringState.cc might_have_unfound — exact */
export function mightHaveUnfound(
  pgs: PlacementGroups,
  { peers, interval }: PgRecord,
): { osd: number; isUp: boolean }[] {
  const { osds } = pgs.monitor.map();
  const ids = new Set([...peers.keys()].map(osdOfShard));
  ids.delete(interval.actingPrimary);
  return [...ids].sort((a, b) => a - b).map((osd) => ({ osd, isUp: osds[osd]?.up === true }));
}

/**
 * Gives unfound objects up: back to the newest version that is there, or away.
 *
 * @returns how many there were
 * @throws EINVAL while an OSD that may have them is down and not lost; for reverting in erasure pools
 * @ceph src/osd/PrimaryLogPG.cc do_command mark_unfound_lost, mark_all_unfound_lost — exact, but that copies are there at once
 */
export function markUnfoundLost(pgs: PlacementGroups, record: PgRecord, how: 'revert' | 'delete'): number {
  const unfound = unfoundObjects(pgs, record);
  const { osds } = pgs.monitor.map();
  const { length } = unfound;
  if (length === 0) return 0;
  const isAsked = ({ osd, isUp }: { osd: number; isUp: boolean }) => isUp || (osds[osd]?.lostAt ?? 0) > 0;
  if (!mightHaveUnfound(pgs, record).every(isAsked))
    throw new CephError(
      'EINVAL',
      `pg has ${length} unfound objects but we haven't probed all sources, not marking lost`,
    );
  const pg = must(pgs.view(record.pool, record.seed), 'a PG');
  if (how === 'revert' && pg.code !== null) throw new CephError('EINVAL', "mode must be 'delete' for ec pool");
  for (const object of unfound) giveUp(pgs, pg, object, how === 'revert' ? newest(pgs, record, object.key) : undefined);
  tell(pgs, record, length);
  const now = must(pgs.record(record.pool, record.seed), 'a PG');
  if (lacksUnfound(now)) pgs.put({ ...now, work: 'recovery_wait' });
  pgs.startWork();
  return length;
}

function giveUp(pgs: PlacementGroups, pg: PgView, { key, hoid, need }: UnfoundObject, old: Onode | undefined): void {
  const record = must(pgs.record(pg.pool.id, pg.seed), 'a PG');
  const version = { epoch: pg.epoch, version: record.version + 1 };
  const base = { version, priorVersion: need, mtime_us: pgs.engine.now_us(), lastClient: 0 };
  const info = old === undefined ? base : { ...old.info, version };
  const entry: PgLogEntry = { op: old === undefined ? 'delete' : 'modify', hoid: old?.hoid ?? hoid, info };
  const puts = old === undefined ? [] : [{ key, onode: { ...old, info: { ...old.info, version } }, keeps: null }];
  writePg(pgs.engine, pg, [entry], { puts, removes: old === undefined ? [key] : [], bytes: 0 });
}

function tell(pgs: PlacementGroups, { interval }: PgRecord, objects: number): void {
  const text = `pg has ${objects} objects unfound and apparently lost marking`;
  logToCluster(pgs.monitor, { who: `osd.${interval.actingPrimary}`, channel: 'cluster', level: 'info', text });
}
