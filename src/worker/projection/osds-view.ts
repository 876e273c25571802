import type { Cluster } from '../../engine/cluster/cluster.ts';
import type { CrushMap } from '../../engine/crush/crush-map.ts';
import { classOf, nameOf, parentOf, typeNameOf, walkTree, weightOf } from '../../engine/crush/tree.ts';
import type { OsdInfo } from '../../engine/osdmap/osd-map.ts';
import type { CrushNodeView, OsdView, PgView } from '../../protocol/view.ts';
import type { CollectionCounts } from './collection-counts.ts';

/** Fixed point of weights: 16.16. */
const ONE = 0x10000;

/** The OSDs with what they hold. */
export function osdViews(cluster: Cluster, counts: CollectionCounts, pgs: readonly PgView[]): OsdView[] {
  const map = cluster.monitor.map();
  const roles = rolesOf(pgs, map.maxOsd);
  return map.osds.flatMap((info, id) => (info === undefined ? [] : [osdView(cluster, counts, info, id, roles)]));
}

interface Roles {
  readonly pgs: Uint32Array;
  readonly primaries: Uint32Array;
}

function rolesOf(pgs: readonly PgView[], osds: number): Roles {
  const roles: Roles = { pgs: new Uint32Array(osds), primaries: new Uint32Array(osds) };
  for (const { up, acting, actingPrimary } of pgs) {
    for (const osd of new Set([...up, ...acting])) roles.pgs[osd] = (roles.pgs[osd] ?? 0) + 1;
    roles.primaries[actingPrimary] = (roles.primaries[actingPrimary] ?? 0) + 1;
  }
  return roles;
}

function osdView(cluster: Cluster, counts: CollectionCounts, info: OsdInfo, id: number, roles: Roles): OsdView {
  const { crush } = cluster.monitor.map();
  const host = parentOf(crush, id);
  const { objects, bytes } = counts.ofOsd(id);
  return {
    id,
    up: info.up,
    in: info.weight > 0,
    destroyed: info.destroyed,
    running: cluster.daemons.isRunning(id),
    host: host === undefined ? '' : nameOf(crush, host.id),
    deviceClass: classOf(crush, id) ?? '',
    crushWeight: weightOf(crush, id) / ONE,
    reweight: info.weight / ONE,
    pgs: roles.pgs[id] ?? 0,
    primaryPgs: roles.primaries[id] ?? 0,
    objects,
    bytes,
    capacity_bytes: cluster.spec.deviceBytes,
  };
}

/** The CRUSH tree, parents before children. */
export function treeView(crush: CrushMap): CrushNodeView[] {
  return walkTree(crush).map(({ id, parent, weight }) => ({
    id,
    name: nameOf(crush, id),
    type: typeNameOf(crush, id),
    parent: parent ?? null,
    weight,
  }));
}
