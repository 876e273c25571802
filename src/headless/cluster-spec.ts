import type { ClusterSpec } from '../engine/cluster/spec.ts';
import type { Transcript } from './transcript.ts';

/** The recorder's clusters had been up about so long when their first step began. */
const UP_S = 20;

/** The cluster that a session was recorded on. */
export function specOf({ cluster, release, steps }: Transcript): ClusterSpec {
  const start_s = (steps.find(({ at }) => at !== undefined)?.at ?? 0) - UP_S;
  return {
    fsid: cluster.fsid,
    osds: cluster.osds,
    osdsPerHost: cluster.osds_per_host,
    crushWeight: cluster.crush_weight,
    weights: new Map(Object.entries(cluster.weights).map(([osd, weight]) => [Number(osd), weight])),
    deviceBytes: cluster.device_bytes,
    seed: 1,
    start_us: Math.floor(start_s * 1e6),
    epoch: cluster.epoch,
    objectstore: cluster.store,
    profile: release === 'pacific' ? 'pacific' : 'tentacle',
  };
}
