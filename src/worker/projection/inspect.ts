import { tableName } from '../../engine/base/records.ts';
import type { Cluster } from '../../engine/cluster/cluster.ts';
import { NOSNAP } from '../../engine/codec/snap.ts';
import { canAutoOut } from '../../engine/mon/osd-fate.ts';
import { objectSize } from '../../engine/os/onode.ts';
import { parsePgId } from '../../engine/osdmap/pg-id.ts';
import { mapperOf } from '../../engine/osdmap/pg-mapper.ts';
import type { Inspection, InspectTarget, OsdInspection, PgInspection } from '../../protocol/calls.ts';
import type { ClusterView, OsdView, PgView } from '../../protocol/view.ts';
import { inspectObject } from './inspect-object.ts';
import { pgHistory } from './pg-history.ts';

/** Objects that an inspection of a PG lists at most. */
const MOST_OBJECTS = 1000;
/** Since when the map has had an OSD down. */
const DOWN_SINCE = tableName<number>('osd-down-since');

/** Whatever is selected, in full; null where it does not exist. `view` is the cluster as the page sees it. */
export function inspect(cluster: Cluster, view: ClusterView, target: InspectTarget): Inspection | null {
  if (target.kind === 'object') return inspectObject(cluster, view.images, target);
  return target.kind === 'pg' ? inspectPg(cluster, view, target.pgid) : inspectOsd(cluster, view, target.id);
}

function inspectPg(cluster: Cluster, view: ClusterView, pgid: string): PgInspection | null {
  const id = parsePgId(pgid);
  const shown = view.pgs.find((pg) => pg.pgid === pgid);
  const pool = cluster.monitor.map().pools.get(id?.pool ?? -1);
  if (id === undefined || shown === undefined || pool === undefined) return null;
  const record = cluster.pgs.record(id.pool, id.seed);
  const objects = objectsOf(cluster, shown);
  return {
    kind: 'pg',
    pgid,
    state: shown.state,
    up: mapperOf(cluster.monitor.map()).get(pool, id.seed).up,
    acting: shown.acting,
    version: `${record?.epoch ?? 0}'${record?.version ?? 0}`,
    objects: objects.slice(0, MOST_OBJECTS),
    objectCount: objects.length,
    ...pgHistory(cluster, shown, pool, record),
  };
}

/** In the order of their keys, which is Ceph's. */
function objectsOf(cluster: Cluster, { pool, seed }: PgView): PgInspection['objects'] {
  const record = cluster.pgs.record(pool, seed);
  const holder = record === undefined ? -1 : cluster.pgs.countedOn(record);
  if (holder < 0) return [];
  const entries = [...cluster.pgs.store(holder).collection(pool, seed).entries()];
  return entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, onode]) => ({
      nspace: onode.hoid.nspace,
      oid: onode.hoid.oid,
      snap: onode.hoid.snap === NOSNAP ? null : onode.hoid.snap,
      size: objectSize(onode),
    }));
}

function inspectOsd(cluster: Cluster, view: ClusterView, id: number): OsdInspection | null {
  const osd = view.osds.find((each) => each.id === id);
  if (osd === undefined) return null;
  const pgids = view.pgs.filter(({ up, acting }) => up.includes(id) || acting.includes(id)).map(({ pgid }) => pgid);
  const primaryPgids = view.pgs.filter(({ actingPrimary }) => actingPrimary === id).map(({ pgid }) => pgid);
  const times = downTimes(cluster, osd);
  const running = cluster.daemons.isRunning(id);
  return { kind: 'osd', id, pgids, primaryPgids, usedBytes: osd.bytes, running, ...times };
}

/** @ceph src/common/options/global.yaml.in mon_osd_down_out_interval */
const DOWN_OUT_US = 600_000_000;

function downTimes(cluster: Cluster, { id, up, in: isIn }: OsdView): Pick<OsdInspection, 'downFor_us' | 'outIn_us'> {
  const since_us = up ? undefined : cluster.records.table(DOWN_SINCE).get(String(id));
  if (since_us === undefined) return { downFor_us: null, outIn_us: null };
  const downFor_us = cluster.now_us() - since_us;
  const waits = isIn && canAutoOut(cluster.monitor.map(), id, cluster.records);
  return { downFor_us, outIn_us: waits ? Math.max(0, DOWN_OUT_US - downFor_us) : null };
}
