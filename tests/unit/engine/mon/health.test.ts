import { describe, expect, it } from 'vitest';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { type Health, healthOf } from '../../../../src/engine/mon/health.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { clusterStats, pgStates } from '../../../../src/engine/mon/stats.ts';

function health(cluster: Cluster): Health {
  const map = cluster.monitor.map();
  return healthOf(map, clusterStats(map, cluster.stats), cluster.now_us());
}

describe('health', () => {
  it('is well on a fresh cluster', () => {
    expect(health(new Cluster(DEFAULT_SPEC))).toEqual({ status: 'HEALTH_OK', checks: [], mutes: [] });
  });

  it('tells OSDs that are down, whole hosts too, and what lost copies; in order of codes', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    setFlag(cluster.monitor, 'noout', true);
    for (const id of [6, 7, 8]) cluster.daemons.stop(id, 'in-order');
    cluster.run(cluster.settle());
    const { status, checks } = health(cluster);
    expect(status).toBe('HEALTH_WARN');
    expect(checks.map(({ code, summary }) => `${code}: ${summary}`)).toEqual([
      'OSDMAP_FLAGS: noout flag(s) set',
      'OSD_DOWN: 3 osds down',
      'OSD_HOST_DOWN: 1 host (3 osds) down',
      'PG_DEGRADED: Degraded data redundancy: 2/6 objects degraded (33.333%), 1 pg degraded',
    ]);
    expect(checks[1]?.details[0]).toBe('osd.6 (root=default,host=ceph3) is down');
    expect(checks[2]?.details).toEqual(['host ceph3 (root=default) (3 osds) is down']);
    expect(checks[3]?.details).toEqual(['pg 1.0 is active+undersized+degraded, acting [3,0]']);
  });

  it('minds a pg_num that is no power of two, and a lower pgp_num', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    createPool(cluster.monitor, { name: 'odd', pgNum: 12, pgpNum: 8 });
    expect(health(cluster).checks.map(({ code }) => code)).toEqual(['POOL_PG_NUM_NOT_POWER_OF_TWO', 'SMALLER_PGP_NUM']);
  });
});

describe('statistics', () => {
  it('sum what the placement groups hold, once for each object', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    createPool(cluster.monitor, { name: 'p', pgNum: 8 });
    const io = cluster.connect().ioCtx('p');
    for (const oid of ['a', 'b', 'c']) cluster.run(io.create(oid));
    const stats = clusterStats(cluster.monitor.map(), cluster.stats);
    expect(stats.pools.map(({ pool, objects, dataBytes }) => [pool.name, objects, dataBytes])).toEqual([
      ['.mgr', 2, 459280],
      ['p', 3, 0],
    ]);
    expect(stats.copies).toBe(15);
    expect(stats.osds.reduce((sum, { pgs }) => sum + pgs, 0)).toBe(27);
    expect(stats.raw.totalBytes).toBe(9 * DEFAULT_SPEC.deviceBytes);
    expect(pgStates(stats.pgs)).toEqual([['active+clean', 9]]);
  });
});
