import type { PoolStat } from '../../mon/stats.ts';
import type { Cluster } from '../cluster.ts';
import { type PoolUsage, poolUsage, tellsUsage } from './pool-usage.ts';

/** A pool's figures with what its objects take: holes take nothing. */
export interface UsedPool extends PoolStat {
  readonly io: PoolUsage['io'];
}

/** @ceph src/osd/osd_types.h pool_stat_t get_allocated_data_bytes, get_user_data_bytes — exact */
export function usedPool(cluster: Cluster, stat: PoolStat): UsedPool {
  const { storedBytes, allocatedBytes, io } = poolUsage(cluster, stat.pool.id);
  if (!tellsUsage(cluster))
    return { ...stat, usedBytes: stat.dataBytes + stat.omapBytes, usedDataBytes: stat.dataBytes, io };
  const usedBytes = allocatedBytes + stat.usedOmapBytes;
  return { ...stat, dataBytes: Math.round(storedBytes / stat.rate), usedDataBytes: allocatedBytes, usedBytes, io };
}
