import { beforeEach, describe, expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setConfig } from '../../../../src/engine/mon/config/change.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { logEntries, logSize, newestEntries, pgLog } from '../../../../src/engine/osd/pg-log.ts';
import { testCluster } from '../../../helpers/cluster.ts';

describe('the log of a PG', () => {
  let cluster: Cluster;
  let io: IoCtx;
  const write = (from: number, to: number) => {
    for (let n = from; n <= to; n++) cluster.run(io.writeFull(`o${n}`, fillData(10, n)));
  };
  const record = (seed = 0) => cluster.pgs.record(io.poolId, seed);
  const log = (seed = 0) => pgLog(cluster.records, `${io.poolId}.${seed}`);
  const limit = (entries: string, least = '1') => {
    setConfig(cluster.monitor, 'osd', 'osd_min_pg_log_entries', entries);
    setConfig(cluster.monitor, 'osd', 'osd_max_pg_log_entries', entries);
    setConfig(cluster.monitor, 'osd', 'osd_pg_log_trim_min', least);
  };

  beforeEach(() => {
    cluster = testCluster({ osds: 4, osdsPerHost: 1 });
    createPool(cluster.monitor, { name: 'p', pgNum: 1 });
    cluster.run(cluster.settle());
    io = cluster.connect().ioCtx('p');
  });

  test('has every write in order, with what it did, its version and the one before', () => {
    write(1, 250);
    cluster.run(io.writeFull('o7', fillData(20, 1)));
    cluster.run(io.remove('o7'));
    expect(logEntries(log()).map(({ info }) => info.version.version)).toEqual(
      Array.from({ length: 252 }, (_, n) => n + 1),
    );
    const [removed, written, before] = newestEntries(log(), 3);
    expect(removed).toMatchObject({ op: 'delete', hoid: { oid: 'o7' }, info: { priorVersion: written?.info.version } });
    expect(written).toMatchObject({ op: 'modify', info: { priorVersion: { version: 7 } } });
    expect(before).toMatchObject({ op: 'modify', hoid: { oid: 'o250' }, info: { priorVersion: { version: 0 } } });
    expect(record()).toMatchObject({ logSize: 252, logTail: { epoch: 0, version: 0 } });
  });

  test('is cut to what the configuration says, so many entries at a time', () => {
    limit('30', '20');
    write(1, 49);
    expect(record()).toMatchObject({ logSize: 49, logTail: { version: 0 } });
    write(50, 50);
    expect(record()).toMatchObject({ logSize: 30, logTail: { version: 20 } });
    expect(logEntries(log())[0]?.info.version.version).toBe(21);
    write(51, 400);
    expect(record()?.logSize).toBe(logSize(log()));
    expect(logEntries(log()).at(-1)?.info.version.version).toBe(400);
  });

  test('OSDs with many PGs share a budget', () => {
    limit('10');
    setConfig(cluster.monitor, 'osd', 'osd_max_pg_log_entries', '1000');
    setConfig(cluster.monitor, 'osd', 'osd_target_pg_log_entries_per_osd', '40');
    write(1, 100);
    // The pool's PG and that of .mgr.
    const held = cluster.pgs.records().filter(({ peers }) => peers.has(record()?.interval.actingPrimary ?? -1)).length;
    expect(record()?.logSize).toBe(Math.max(10, Math.floor(40 / held)));
  });

  test('[PG6] within the log an OSD gets what it missed, beyond it everything anew', () => {
    const worksAfter = (writes: number): string => {
      const [, replica = -1] = record()?.interval.acting ?? [];
      cluster.daemons.stop(replica, 'in-order');
      cluster.run(cluster.settle());
      write(1, writes);
      cluster.daemons.start(replica);
      const seen = new Set<string>();
      for (const _ of cluster.settle()) seen.add(record()?.work ?? '');
      return [...seen].filter((work) => work.endsWith('ing')).join();
    };
    limit('30');
    write(1, 60);
    expect(worksAfter(20)).toBe('recovering');
    expect(worksAfter(40)).toBe('backfilling');
  });

  test('goes with its objects when the PG is split', () => {
    write(1, 230);
    cluster.monitor.publishPool(io.poolId, (pool) => ({ ...pool, pgNum: 2, pgNumTarget: 2 }), 'split');
    cluster.run(cluster.settle());
    expect([0, 1].map((seed) => record(seed)?.logSize)).toEqual([0, 1].map((seed) => logSize(log(seed))));
    expect(logSize(log(0)) + logSize(log(1))).toBe(230);
    for (const seed of [0, 1]) {
      const held = [
        ...cluster.pgs
          .store(record(seed)?.interval.actingPrimary ?? -1)
          .collection(io.poolId, seed)
          .values(),
      ];
      const named = new Set(logEntries(log(seed)).map(({ hoid }) => hoid.oid));
      expect([...named].sort()).toEqual(held.map(({ hoid }) => hoid.oid).sort());
    }
  });
});
