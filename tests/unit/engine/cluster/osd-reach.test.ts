import { beforeEach, describe, expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import type { Task } from '../../../../src/engine/base/task.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const SECOND_US = 1e6;
const MINUTE_US = 60 * SECOND_US;

describe('OSDs that the map has up and that do not answer', () => {
  let cluster: Cluster;
  let io: IoCtx;
  const acting = () => cluster.pgs.record(io.poolId, 0)?.interval.acting ?? [];
  const isUp = (osd: number) => cluster.monitor.map().osds[osd]?.up;
  const ups = () => cluster.monitor.map().osds.map((osd) => osd?.up);
  const hosts = (...numbers: number[]) => numbers.flatMap((host) => [3 * host, 3 * host + 1, 3 * host + 2]);
  /** Steps a task until it is done or waits; gives why it waits. */
  const reasonOf = (task: Task<unknown>): string => {
    for (let steps = 0; steps < 1000; steps++) {
      const { value, done } = task.next();
      if (done === true) return 'done';
      if (typeof value === 'object') return value.reason;
    }
    return 'runs';
  };

  beforeEach(() => {
    cluster = testCluster();
    createPool(cluster.monitor, { name: 'p', pgNum: 1 });
    cluster.run(cluster.settle());
    io = cluster.connect().ioCtx('p');
    cluster.run(io.writeFull('o', fillData(10, 1)));
  });

  test('[OD1] a write waits for a replica without power until it is missed, a read does not', () => {
    const [primary = -1, replica = -1] = acting();
    cluster.daemons.stop(replica, 'power-off');
    const begun_us = cluster.now_us();
    expect(reasonOf(io.read('o'))).toBe('done');
    expect(reasonOf(io.writeFull('o', fillData(10, 2)))).toContain(`osd.${replica} of PG 2.0 does not answer`);
    cluster.run(io.writeFull('o', fillData(10, 3)));
    expect(cluster.now_us() - begun_us).toBeGreaterThan(19 * SECOND_US);
    expect(acting()).not.toContain(replica);
    const has = (osd: number) =>
      cluster.pgs.store(osd).collection(io.poolId, 0).values().next().value?.info.version.version;
    expect([has(primary), has(replica)]).toEqual([2, 1]);
  });

  test('[PG15] reads wait as well once a replica was silent for as long as a lease, and the PG is laggy while one does', () => {
    const state = () => [...cluster.stats.pgStats()].find(({ pool }) => pool === io.poolId)?.state;
    const [, replica = -1] = acting();
    cluster.daemons.stop(replica, 'power-off');
    cluster.advance(15 * SECOND_US);
    expect(reasonOf(io.read('o'))).toBe('done');
    cluster.advance(2 * SECOND_US);
    expect(state()).toBe('active+clean');
    expect(reasonOf(io.read('o'))).toContain(`osd.${replica} of PG 2.0 does not answer`);
    expect(state()).toBe('active+clean+laggy');
    expect(bytesOfData(cluster.run(io.read('o')))[0]).toBe(1);
    expect(isUp(replica)).toBe(false);
    expect(state()).toBe('active+undersized+degraded');
  });

  test('nothing is read from a killed primary before the map has it down', () => {
    const [primary = -1] = acting();
    cluster.daemons.stop(primary, 'killed');
    expect(reasonOf(io.read('o'))).toContain(`osd.${primary} of PG 2.0 does not answer`);
    setFlag(cluster.monitor, 'nodown', true);
    cluster.advance(MINUTE_US);
    expect(reasonOf(io.read('o'))).toContain('does not answer');
    setFlag(cluster.monitor, 'nodown', false);
    expect(bytesOfData(cluster.run(io.read('o')))[0]).toBe(1);
  });

  test('a PG that peers waits for an OSD that the map has up', () => {
    const [, replica = -1] = acting();
    cluster.daemons.stop(replica, 'killed');
    setFlag(cluster.monitor, 'nodown', true);
    cluster.monitor.publishPool(io.poolId, (pool) => ({ ...pool, minSize: 1 }), 'min_size');
    cluster.advance(MINUTE_US);
    expect(cluster.pgs.record(io.poolId, 0)?.phase).toBe('peering');
    setFlag(cluster.monitor, 'nodown', false);
    cluster.run(cluster.settle());
    expect(cluster.pgs.record(io.poolId, 0)?.phase).toBe('active');
  });

  test('recovery waits for one whose power fails meanwhile, and goes on without it', () => {
    const [primary = -1, replica = -1] = acting();
    cluster.daemons.stop(replica, 'in-order');
    for (let n = 0; n < 50; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, n)));
    setFlag(cluster.monitor, 'norecover', true);
    cluster.daemons.start(replica);
    cluster.run(cluster.settle());
    const third = acting().find((osd) => osd !== primary && osd !== replica) ?? -1;
    cluster.daemons.stop(third, 'power-off');
    setFlag(cluster.monitor, 'norecover', false);
    cluster.advance(10 * SECOND_US);
    expect(cluster.pgs.store(replica).collection(io.poolId, 0).size).toBe(1);
    cluster.run(cluster.settle());
    expect(cluster.pgs.store(replica).collection(io.poolId, 0).size).toBe(51);
  });

  test('a host that the network does not reach is down after the grace, though its OSDs run, and up once it is back', () => {
    cluster.daemons.cutOff(hosts(2));
    cluster.advance(19 * SECOND_US);
    expect(hosts(2).map(isUp)).toEqual([true, true, true]);
    cluster.run(cluster.settle());
    expect(hosts(2).map(isUp)).toEqual([false, false, false]);
    expect(hosts(2).map((osd) => cluster.daemons.isRunning(osd))).toEqual([true, true, true]);
    cluster.run(io.writeFull('o', fillData(10, 2)));
    cluster.advance(MINUTE_US);
    expect(hosts(2).map(isUp)).toEqual([false, false, false]);
    cluster.daemons.reconnect(hosts(2));
    cluster.run(cluster.settle());
    expect(ups()).toEqual(Array(9).fill(true));
    expect(cluster.pgs.record(io.poolId, 0)).toMatchObject({ phase: 'active', work: 'none' });
  });

  test('a short cut is not missed', () => {
    cluster.daemons.cutOff(hosts(1));
    cluster.advance(10 * SECOND_US);
    const { epoch } = cluster.monitor.map();
    cluster.daemons.reconnect(hosts(1));
    cluster.run(io.writeFull('o', fillData(10, 2)));
    cluster.advance(MINUTE_US);
    expect(ups()).toEqual(Array(9).fill(true));
    expect(cluster.monitor.map().epoch).toBe(epoch);
  });

  test('peers of one host do not make another one down: that takes the monitor a quarter of an hour', () => {
    cluster.daemons.cutOff(hosts(1, 2));
    cluster.advance(14 * MINUTE_US);
    expect(ups()).toEqual(Array(9).fill(true));
    expect(reasonOf(io.writeFull('o', fillData(10, 2)))).toContain('does not answer');
    cluster.advance(2 * MINUTE_US);
    expect(ups()).toEqual([true, true, true, ...Array(6).fill(false)]);
  });

  test('how many hosts have to tell of it is a setting', () => {
    setConfig(cluster.monitor, 'mon', 'mon_osd_min_down_reporters', '1');
    cluster.daemons.cutOff(hosts(1, 2));
    cluster.advance(MINUTE_US);
    expect(ups()).toEqual([true, true, true, ...Array(6).fill(false)]);
  });
});
