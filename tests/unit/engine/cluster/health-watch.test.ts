import { expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { opTrackerOf } from '../../../../src/engine/cluster/op-watch/op-tracker.ts';
import { logEntries } from '../../../../src/engine/mon/cluster-log.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { setOverride } from '../../../../src/engine/mon/config/overrides.ts';
import { configNumber } from '../../../../src/engine/mon/config/value.ts';
import { healthOf } from '../../../../src/engine/mon/health.ts';
import { setFlag } from '../../../../src/engine/mon/osd-flags.ts';
import { setShardsRepaired, shardsRepaired } from '../../../../src/engine/mon/osd-repairs.ts';
import { markOsds } from '../../../../src/engine/mon/osd-state.ts';
import { enableApplication } from '../../../../src/engine/mon/pool-application.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { clusterStats } from '../../../../src/engine/mon/stats.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const SECOND_US = 1_000_000;

function threeOsds(): Cluster {
  const cluster = testCluster({ osds: 3, osdsPerHost: 1 });
  createPool(cluster.monitor, { name: 'p', pgNum: 8 });
  enableApplication(cluster.monitor, 'p', 'rbd', true);
  cluster.beginCommand();
  const io = cluster.connect().ioCtx('p');
  for (let n = 0; n < 20; n++) cluster.run(io.writeFull(`o${n}`, fillData(4096, n)));
  cluster.run(cluster.settle());
  return cluster;
}

function linesOf(cluster: Cluster): string[] {
  return logEntries(cluster.monitor).map(({ who, level, text }) => `${who} ${level} ${text}`);
}

function checksOf({ monitor, stats, records }: Cluster): string[] {
  const map = monitor.map();
  return healthOf(map, clusterStats(map, stats), monitor.context.now_us(), records).checks.map(
    ({ code, summary }) => `${code}: ${summary}`,
  );
}

test('a flag is told of at once, and taken back at once', () => {
  const cluster = threeOsds();
  setFlag(cluster.monitor, 'noout', true);
  setFlag(cluster.monitor, 'noout', false);
  expect(linesOf(cluster)).toEqual([
    'mon.a warn Health check failed: noout flag(s) set (OSDMAP_FLAGS)',
    'mon.a info Health check cleared: OSDMAP_FLAGS (was: noout flag(s) set)',
    'mon.a info Cluster is now healthy',
  ]);
});

test('an OSD that stops, is taken out and comes back', () => {
  const cluster = threeOsds();
  cluster.daemons.stop(0, 'in-order');
  cluster.advance(20 * SECOND_US);
  markOsds(cluster.monitor, ['0'], 'out');
  cluster.daemons.start(0);
  cluster.advance(20 * SECOND_US);
  const lines = linesOf(cluster);
  expect(lines[0]).toBe('mon.a info osd.0 marked itself down and dead');
  expect(lines).toContain('mon.a warn Health check failed: 1 osds down (OSD_DOWN)');
  expect(
    lines.some((line) => /warn Health check failed: Degraded data redundancy: .*\(PG_DEGRADED\)$/.test(line)),
  ).toBe(true);
  expect(lines).toContain('mon.a info Client client.admin marked osd.0 out, after it was down for 20 seconds');
  expect(lines).toContain('mon.a info osd.0 [v2:127.0.0.1:6800/1000,v1:127.0.0.1:6801/1000] boot');
});

test('a killed OSD is told of by a peer, one without power by those that miss it', () => {
  const cluster = threeOsds();
  cluster.daemons.stop(1, 'killed');
  cluster.advance(5 * SECOND_US);
  cluster.daemons.start(1);
  cluster.advance(5 * SECOND_US);
  cluster.daemons.stop(2, 'power-off');
  cluster.advance(60 * SECOND_US);
  const failed = linesOf(cluster).filter((line) => line.includes(' failed (root='));
  expect(failed).toEqual([
    'mon.a info osd.1 failed (root=default,host=ceph2) (connection refused reported by osd.0)',
    'mon.a info osd.2 failed (root=default,host=ceph3) (2 reporters from different host after 20.000000 >= grace 20.000000)',
  ]);
});

test('one that is only said to be down says that it is not', () => {
  const cluster = threeOsds();
  markOsds(cluster.monitor, ['1'], 'down');
  expect(linesOf(cluster)[0]).toBe('osd.1 warn Monitor daemon marked osd.1 down, but it is still running');
});

test('what was told is told once, however often somebody comes back to it', () => {
  const cluster = threeOsds();
  setFlag(cluster.monitor, 'noin', true);
  cluster.resume();
  cluster.advance(600 * SECOND_US);
  expect(linesOf(cluster)).toEqual(['mon.a warn Health check failed: noin flag(s) set (OSDMAP_FLAGS)']);
});

test('mon_health_to_clog keeps it quiet', () => {
  const cluster = threeOsds();
  setConfig(cluster.monitor, 'mon', 'mon_health_to_clog', 'false');
  setFlag(cluster.monitor, 'noin', true);
  expect(linesOf(cluster)).toEqual([]);
});

test('scrubs that are late by the interval and half of it more', () => {
  const cluster = threeOsds();
  setFlag(cluster.monitor, 'noscrub', true);
  setFlag(cluster.monitor, 'nodeep-scrub', true);
  cluster.advance(1.49 * 604_800 * SECOND_US);
  expect(checksOf(cluster).filter((text) => text.startsWith('PG_NOT'))).toEqual([]);
  cluster.advance(0.02 * 604_800 * SECOND_US);
  expect(checksOf(cluster)).toContain('PG_NOT_SCRUBBED: 9 pgs not scrubbed in time');
  cluster.advance(0.26 * 604_800 * SECOND_US);
  expect(checksOf(cluster)).toContain('PG_NOT_DEEP_SCRUBBED: 9 pgs not deep-scrubbed in time');
  setConfig(cluster.monitor, 'global', 'mon_warn_pg_not_scrubbed_ratio', '0');
  expect(checksOf(cluster).filter((text) => text.startsWith('PG_NOT_SCRUBBED'))).toEqual([]);
});

test('more than ten repaired reads of one OSD are worth a warning, until its process ends', () => {
  const cluster = threeOsds();
  setShardsRepaired(cluster.records, 1, 10);
  expect(checksOf(cluster)).toEqual([]);
  setShardsRepaired(cluster.records, 1, 11);
  expect(checksOf(cluster)).toEqual(['OSD_TOO_MANY_REPAIRS: Too many repaired reads on 1 OSDs']);
  cluster.daemons.stop(1, 'in-order');
  expect(shardsRepaired(cluster.records, 1)).toBe(0);
});

test('what an OSD was told while it runs ends with its process', () => {
  const cluster = threeOsds();
  setOverride(cluster.records, 'osd.1', 'osd_max_scrubs', '7');
  expect(configNumber(cluster.records, 'osd.1', 'osd_max_scrubs')).toBe(7);
  expect(configNumber(cluster.records, 'osd.2', 'osd_max_scrubs')).toBe(3);
  cluster.daemons.stop(1, 'in-order');
  expect(configNumber(cluster.records, 'osd.1', 'osd_max_scrubs')).toBe(3);
});

test('a request that waits for a silent OSD is slow after half a minute', () => {
  const cluster = threeOsds();
  setFlag(cluster.monitor, 'nodown', true);
  const io = cluster.connect().ioCtx('p');
  cluster.daemons.stop(2, 'power-off');
  const names = Array.from({ length: 20 }, (_, n) => `o${n}`);
  const target = names.find((name) => primaryOf(cluster, io.poolId, name) !== 2) ?? '';
  const write = io.writeFull(target, fillData(4096, 1));
  while (cluster.step(write).kind !== 'blocked');
  const primary = primaryOf(cluster, io.poolId, target);
  cluster.advance(40 * SECOND_US);
  const tracker = opTrackerOf(cluster.records);
  expect(tracker?.inFlight(primary).map(({ flag }) => flag)).toEqual(['waiting for sub ops']);
  expect(tracker?.blocked(primary)).toHaveLength(1);
  const slow = checksOf(cluster).find((text) => text.startsWith('SLOW_OPS'));
  expect(slow).toMatch(
    new RegExp(`^SLOW_OPS: 1 slow ops, oldest one blocked for [4-9]\\d sec, osd.${primary} has slow ops$`),
  );
  cluster.daemons.start(2);
  cluster.run(write);
  expect(tracker?.inFlight(primary)).toEqual([]);
  expect(tracker?.slow(primary)).toHaveLength(1);
  expect(checksOf(cluster).filter((text) => text.startsWith('SLOW'))).toEqual([]);
});

test('a PG below min_size sends requests back: they are with the client, and no OSD is slow', () => {
  const cluster = threeOsds();
  const io = cluster.connect().ioCtx('p');
  cluster.daemons.stop(1, 'in-order');
  cluster.daemons.stop(2, 'in-order');
  cluster.run(cluster.settle());
  const write = io.writeFull('o1', fillData(4096, 1));
  expect(cluster.step(write).kind).toBe('blocked');
  cluster.advance(120 * SECOND_US);
  expect(opTrackerOf(cluster.records)?.inFlight(0)).toEqual([]);
  write.return();
});

function primaryOf(cluster: Cluster, pool: number, name: string): number {
  for (const record of cluster.pgs.records()) {
    if (record.pool !== pool) continue;
    const store = [...record.peers.keys()].map((id) => cluster.pgs.store(id)).find(({ osd }) => osd >= 0);
    const onodes = store?.collection(record.pool, record.seed).values() ?? [];
    for (const { hoid } of onodes) if (hoid.oid === name) return record.interval.actingPrimary;
  }
  return -1;
}
