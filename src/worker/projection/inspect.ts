import type { Cluster } from '../../engine/cluster/cluster.ts';
import { NOSNAP } from '../../engine/codec/snap.ts';
import { objectSize } from '../../engine/os/onode.ts';
import { parsePgId } from '../../engine/osdmap/pg-id.ts';
import { mapperOf } from '../../engine/osdmap/pg-mapper.ts';
import type { Inspection, InspectTarget, OsdInspection, PgInspection } from '../../protocol/calls.ts';
import type { ClusterView, PgView } from '../../protocol/view.ts';
import { inspectObject } from './inspect-object.ts';

/** Objects that an inspection of a PG lists at most. */
const MOST_OBJECTS = 1000;

/** Whatever is selected, in full; null where it does not exist. `view` is the cluster as the page sees it. */
export function inspect(cluster: Cluster, view: ClusterView, target: InspectTarget): Inspection | null {
  if (target.kind === 'object') return inspectObject(cluster, view.images, target);
  return target.kind === 'pg' ? inspectPg(cluster, view, target.pgid) : inspectOsd(view, target.id);
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

function inspectOsd(view: ClusterView, id: number): OsdInspection | null {
  const osd = view.osds.find((each) => each.id === id);
  if (osd === undefined) return null;
  const pgids = view.pgs.filter(({ up, acting }) => up.includes(id) || acting.includes(id)).map(({ pgid }) => pgid);
  const primaryPgids = view.pgs.filter(({ actingPrimary }) => actingPrimary === id).map(({ pgid }) => pgid);
  return { kind: 'osd', id, pgids, primaryPgids, usedBytes: osd.bytes };
}
