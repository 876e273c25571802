import { describe, expect, it } from 'vitest';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setQuota } from '../../../../src/engine/mon/pool-quota.ts';
import { isStatusDue, type PoolContent, updatePoolsStatus } from '../../../../src/engine/mon/pool-status.ts';

function quotaCluster() {
  const { monitor } = new Cluster(DEFAULT_SPEC);
  createPool(monitor, { name: 'p', pgNum: 8 });
  createPool(monitor, { name: 'free', pgNum: 8 });
  const flagsWith = (content: PoolContent) => {
    updatePoolsStatus(monitor, () => content);
    return monitor.findPool('p')?.flags;
  };
  return { monitor, flagsWith };
}

describe('the status of pools', () => {
  it('is full from the quota on, by objects or by bytes, until it is below or the quota is gone', () => {
    const { monitor, flagsWith } = quotaCluster();
    setQuota(monitor, 'p', 'max_objects', '10');
    expect(flagsWith({ objects: 9, bytes: 0 })).toEqual(['hashpspool']);
    expect(flagsWith({ objects: 10, bytes: 0 })).toEqual(['hashpspool', 'full', 'full_quota']);
    expect(flagsWith({ objects: 9, bytes: 0 })).toEqual(['hashpspool']);
    setQuota(monitor, 'p', 'max_bytes', '100');
    expect(flagsWith({ objects: 1, bytes: 100 })).toEqual(['hashpspool', 'full', 'full_quota']);
    setQuota(monitor, 'p', 'max_bytes', '0');
    expect(flagsWith({ objects: 1, bytes: 100 })).toEqual(['hashpspool']);
    expect(monitor.findPool('free')?.flags).toEqual(['hashpspool']);
  });

  it('makes a new map where something changes, and none else', () => {
    const { monitor, flagsWith } = quotaCluster();
    setQuota(monitor, 'p', 'max_objects', '1');
    const { epoch } = monitor.map();
    const pool = monitor.findPool('p');
    expect(pool !== undefined && isStatusDue(pool, { objects: 1, bytes: 0 })).toBe(true);
    flagsWith({ objects: 0, bytes: 0 });
    expect(monitor.map().epoch).toBe(epoch);
    flagsWith({ objects: 1, bytes: 0 });
    flagsWith({ objects: 1, bytes: 0 });
    expect(monitor.map().epoch).toBe(epoch + 1);
  });
});
