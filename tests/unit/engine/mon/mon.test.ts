import { describe, expect, it } from 'vitest';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { intervalSet } from '../../../../src/engine/base/interval-set.ts';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { Monitor } from '../../../../src/engine/mon/monitor.ts';
import { markOsds, setPrimaryAffinity } from '../../../../src/engine/mon/osd-state.ts';
import { inTableOrder } from '../../../../src/engine/mon/pg-order.ts';
import type { PgStat } from '../../../../src/engine/mon/pg-stat.ts';
import { enableApplication } from '../../../../src/engine/mon/pool-application.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import {
  createPoolSnap,
  createSelfManagedSnap,
  removePoolSnap,
  removeSelfManagedSnaps,
} from '../../../../src/engine/mon/snaps.ts';

function freshMonitor(): Monitor {
  const { monitor } = new Cluster(DEFAULT_SPEC);
  createPool(monitor, { name: 'p', pgNum: 8 });
  return monitor;
}

const errnoOf = (work: () => void): number => {
  try {
    work();
  } catch (error) {
    if (error instanceof CephError) return error.errno;
    throw error;
  }
  return 0;
};

describe('the map', () => {
  it('moves one epoch a change, and comes back with the records', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    const before = cluster.monitor.map();
    createPool(cluster.monitor, { name: 'p', pgNum: 8 });
    expect(cluster.monitor.map().epoch).toBe(before.epoch + 1);
    cluster.records.rollback();
    expect(cluster.monitor.map()).toBe(before);
  });

  it('is kept where the records hold one already', () => {
    const monitor = freshMonitor();
    const again = new Monitor(monitor.context, { ...monitor.map(), epoch: 1 });
    expect(again.map()).toBe(monitor.map());
  });
});

describe('snapshot ids', () => {
  it('begin at 2 where clients manage them, and are not used up by removal', () => {
    const monitor = freshMonitor();
    const { epoch } = monitor.map();
    expect(createSelfManagedSnap(monitor, 2)).toBe(2);
    removeSelfManagedSnaps(monitor, 2, intervalSet(2, 1));
    expect(monitor.map().removedSnapsQueue.get(2)).toEqual([{ off: 2, len: 1 }]);
    expect(createSelfManagedSnap(monitor, 2)).toBe(3);
    expect(monitor.map().epoch).toBe(epoch + 3);
    expect(monitor.map().pools.get(2)?.flags).toEqual(['hashpspool', 'selfmanaged_snaps']);
  });

  it('begin at 1 where they are the pool’s', () => {
    const monitor = freshMonitor();
    createPoolSnap(monitor, 2, 'a');
    createPoolSnap(monitor, 2, 'b');
    removePoolSnap(monitor, 2, 'a');
    expect(
      monitor
        .map()
        .pools.get(2)
        ?.snaps.map(({ id }) => id),
    ).toEqual([2]);
    expect(errnoOf(() => createPoolSnap(monitor, 2, 'b'))).toBe(17);
    expect(errnoOf(() => removePoolSnap(monitor, 2, 'a'))).toBe(2);
  });

  it('are of one mode for good', () => {
    const monitor = freshMonitor();
    createSelfManagedSnap(monitor, 2);
    expect(errnoOf(() => createPoolSnap(monitor, 2, 'a'))).toBe(22);
    createPool(monitor, { name: 'q', pgNum: 8 });
    createPoolSnap(monitor, 3, 'a');
    removePoolSnap(monitor, 3, 'a');
    expect(errnoOf(() => createSelfManagedSnap(monitor, 3))).toBe(22);
    expect(errnoOf(() => createSelfManagedSnap(monitor, 9))).toBe(2);
  });
});

describe('pools', () => {
  it('refuses what the real monitor refuses, in its words', () => {
    const monitor = freshMonitor();
    expect(createPool(monitor, { name: 'huge', pgNum: 100000 }).code).toBe(34);
    expect(createPool(monitor, { name: 'r', rule: 'norule' })).toEqual({
      code: 2,
      text: "specified rule norule doesn't exist",
    });
    expect(setPool(monitor, { name: 'p', key: 'size', value: 'three' }).text).toBe(
      "error parsing integer value 'three': Expected option value to be integer, got 'three'",
    );
    expect(setPool(monitor, { name: 'p', key: 'size', value: '1' }).code).toBe(1);
    expect(setPool(monitor, { name: 'p', key: 'min_size', value: '4' }).code).toBe(22);
  });

  it('keeps min_size within the size', () => {
    const monitor = freshMonitor();
    setPool(monitor, { name: 'p', key: 'size', value: '1', confirmed: true });
    expect(monitor.findPool('p')).toMatchObject({ size: 1, minSize: 1 });
    setPool(monitor, { name: 'p', key: 'size', value: '3' });
    expect(monitor.findPool('p')).toMatchObject({ size: 3, minSize: 2 });
  });

  it('has one application unless one insists', () => {
    const monitor = freshMonitor();
    expect(enableApplication(monitor, 'p', 'rgw').code).toBe(0);
    expect(enableApplication(monitor, 'p', 'rbd').code).toBe(1);
    expect(enableApplication(monitor, 'p', 'rbd', true).code).toBe(0);
    expect([...(monitor.findPool('p')?.applications.keys() ?? [])]).toEqual(['rbd', 'rgw']);
  });
});

describe('OSDs', () => {
  it('are marked with one epoch for all, and a sentence for each', () => {
    const monitor = freshMonitor();
    const { epoch } = monitor.map();
    expect(markOsds(monitor, [7, 8, 99], 'out').text).toBe(
      'marked out osd.7. marked out osd.8. osd.99 does not exist. ',
    );
    expect(monitor.map().epoch).toBe(epoch + 1);
    expect(markOsds(monitor, [7], 'out').text).toBe('osd.7 is already out. ');
    expect(monitor.map().epoch).toBe(epoch + 1);
  });

  it('answer about primary affinity with the number between two stream flags', () => {
    const monitor = freshMonitor();
    expect(setPrimaryAffinity(monitor, 0, 0, '0').text).toBe('set osd.0 primary-affinity to 0 (802)');
    expect(setPrimaryAffinity(monitor, 1, 0.5, '0.5').text).toBe('set osd.1 primary-affinity to 0.5 (8327682)');
  });
});

describe('order of placement groups', () => {
  const pg = (pool: number, seed: number): PgStat => ({
    pgid: `${pool}.${seed.toString(16)}`,
    pool,
    seed,
    state: 'active+clean',
    up: [],
    upPrimary: -1,
    acting: [],
    actingPrimary: -1,
    objects: 0,
    bytes: 0,
    omapBytes: 0,
    degraded: 0,
    misplaced: 0,
    version: "0'0",
    made_us: 0,
  });

  it('is that of a table of 16 placement groups and one, as recorded', () => {
    const pgs = [pg(1, 0), ...Array.from({ length: 16 }, (_, seed) => pg(2, seed))];
    expect(inTableOrder(pgs).map(({ pgid }) => pgid)).toEqual(
      '2.f 2.e 2.d 2.c 1.0 2.3 2.0 2.1 2.2 2.4 2.5 2.6 2.7 2.8 2.9 2.a 2.b'.split(' '),
    );
  });
});
