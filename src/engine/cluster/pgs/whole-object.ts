import { holeData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { type Onode, objectSize } from '../../os/onode.ts';
import { shardsIn } from '../../osd/erasure/ec-backend.ts';
import { gatherObject } from '../../osd/erasure/gather.ts';
import { onlyAppends, stripeCodeOf } from '../../osd/erasure/stripe-code.ts';
import type { PlacementGroups } from './placement-groups.ts';

/**
 * An object as the OSDs that are up have it, whoever serves its PG; of an erasure pool put together from its shards. What
 * cannot be put together is a hole.
 */
export function wholeObject(pgs: PlacementGroups, poolId: number, seed: number, key: string): Onode | undefined {
  const map = pgs.monitor.map();
  const [pool, record] = [map.pools.get(poolId), pgs.record(poolId, seed)];
  const id = record === undefined ? -1 : pgs.countedOn(record);
  if (pool === undefined || record === undefined || id < 0) return undefined;
  const onode = pgs.store(id).collection(poolId, seed).get(key);
  const code = stripeCodeOf(map, pool);
  if (onode === undefined || code === null) return onode;
  const shards = shardsIn(pgs.upStores(record), { pool, seed }, key, onode);
  try {
    return { ...onode, data: gatherObject(code, shards, onlyAppends(pool)).data };
  } catch (error) {
    if (error instanceof CephError && error.is('EIO')) return { ...onode, data: holeData(objectSize(onode)) };
    throw error;
  }
}
