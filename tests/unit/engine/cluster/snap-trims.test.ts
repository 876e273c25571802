import { beforeEach, describe, expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import { testCluster } from '../../../helpers/cluster.ts';

describe('trimming of removed snapshots', () => {
  let cluster: Cluster;
  let io: IoCtx;
  const names = Array.from({ length: 40 }, (_, n) => `o${n}`);
  const states = () =>
    clusterStats(cluster.monitor.map(), cluster.stats)
      .pgs.filter(({ pool }) => pool === io.poolId)
      .map(({ state }) => state);
  const clonesIn = (seed: number) => {
    const [primary = -1] = cluster.pgs.record(io.poolId, seed)?.interval.acting ?? [];
    return [...cluster.pgs.store(primary).collection(io.poolId, seed).values()].filter(
      ({ hoid }) => hoid.snap !== NOSNAP,
    ).length;
  };
  const clones = () => Array.from({ length: 8 }, (_, seed) => clonesIn(seed));
  const removeSnapshot = () => {
    const snap = cluster.run(io.createSelfManagedSnap());
    const snapped = io.withSnapContext({ seq: snap, snaps: [snap] });
    for (const name of names) cluster.run(snapped.writeFull(name, fillData(10, 2)));
    cluster.run(io.removeSelfManagedSnap(snap));
  };
  const isQueued = () => cluster.monitor.map().removedSnapsQueue.has(io.poolId);

  beforeEach(() => {
    cluster = testCluster({ osds: 3, osdsPerHost: 1 });
    createPool(cluster.monitor, { name: 'p', pgNum: 8 });
    cluster.run(cluster.settle());
    io = cluster.connect().ioCtx('p');
    for (const name of names) cluster.run(io.writeFull(name, fillData(10, 1)));
  });

  test('PGs trim two at a time on an OSD, and the others say that they wait', () => {
    removeSnapshot();
    const seen = new Set<string>();
    let most = 0;
    for (const _ of cluster.settle()) {
      const now = states();
      for (const state of now) seen.add(state);
      for (const osd of [0, 1, 2]) {
        const led = now.filter((_state, seed) => cluster.pgs.record(io.poolId, seed)?.interval.actingPrimary === osd);
        most = Math.max(most, led.filter((state) => state.endsWith('+snaptrim')).length);
      }
    }
    expect([...seen].sort()).toEqual(['active+clean', 'active+clean+snaptrim', 'active+clean+snaptrim_wait']);
    expect(most).toBe(2);
    expect(clones()).toEqual(Array(8).fill(0));
    expect(isQueued()).toBe(false);
  });

  test('a PG that is not clean keeps no other waiting, and trims once it is', () => {
    setFlag(cluster.monitor, 'norecover', true);
    setFlag(cluster.monitor, 'noout', true);
    cluster.daemons.stop(2, 'in-order');
    cluster.run(io.writeFull('o0', fillData(10, 3)));
    cluster.daemons.start(2);
    cluster.run(cluster.settle());
    const unclean = states().findIndex((state) => !state.startsWith('active+clean'));
    const snap = cluster.run(io.createSelfManagedSnap());
    const snapped = io.withSnapContext({ seq: snap, snaps: [snap] });
    for (const name of names.slice(1)) cluster.run(snapped.writeFull(name, fillData(10, 2)));
    cluster.run(io.removeSelfManagedSnap(snap));
    cluster.run(cluster.settle());
    expect(clones().map((count) => count > 0)).toEqual(Array.from({ length: 8 }, (_, seed) => seed === unclean));
    expect(isQueued()).toBe(true);
    setFlag(cluster.monitor, 'norecover', false);
    cluster.run(cluster.settle());
    expect(clones()).toEqual(Array(8).fill(0));
    expect(isQueued()).toBe(false);
  });

  test('nosnaptrim holds it back, and a travel in time in the middle loses nothing', () => {
    setFlag(cluster.monitor, 'nosnaptrim', true);
    removeSnapshot();
    cluster.run(cluster.settle());
    expect(clones().reduce((sum, count) => sum + count)).toBe(40);
    setFlag(cluster.monitor, 'nosnaptrim', false);
    const settling = cluster.settle();
    while (clones().every((count) => count > 0)) settling.next();
    cluster.resume();
    cluster.run(cluster.settle());
    expect(clones()).toEqual(Array(8).fill(0));
    expect(isQueued()).toBe(false);
    expect(new Set(states())).toEqual(new Set(['active+clean']));
  });
});
