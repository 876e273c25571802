import { expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { testCluster } from '../../../helpers/cluster.ts';

const NAMES = Array.from({ length: 40 }, (_, n) => `o${n}`);

function setUp(pgNum: number): { cluster: Cluster; io: IoCtx } {
  const cluster = testCluster();
  createPool(cluster.monitor, { name: 'p', pgNum });
  cluster.pgs.sync();
  const io = cluster.connect().ioCtx('p');
  for (const [n, name] of NAMES.entries()) cluster.run(io.writeFull(name, fillData(10, n)));
  return { cluster, io };
}

function setPgNum(cluster: Cluster, io: IoCtx, pgNum: number): void {
  const sizes = { pgNum, pgpNum: pgNum, pgNumTarget: pgNum, pgpNumTarget: pgNum };
  cluster.monitor.publishPool(io.poolId, (pool) => ({ ...pool, ...sizes }), 'pg_num');
  cluster.pgs.sync();
}

function setUpOsd(cluster: Cluster, osd: number, up: boolean): void {
  if (up) cluster.daemons.start(osd);
  else cluster.daemons.stop(osd, 'in-order');
}

function firstBytes(cluster: Cluster, io: IoCtx): (number | undefined)[] {
  return NAMES.map((name) => bytesOfData(cluster.run(io.read(name)))[0]);
}

test('[PG6] PGs that lie on different OSDs merge without losing an object', () => {
  const { cluster, io } = setUp(16);
  for (const pgNum of [8, 32, 4, 16, 1]) {
    setPgNum(cluster, io, pgNum);
    expect(firstBytes(cluster, io), `right after pg_num ${pgNum}`).toEqual(NAMES.map((_, n) => n));
    cluster.run(cluster.settle());
    expect(firstBytes(cluster, io), `settled at pg_num ${pgNum}`).toEqual(NAMES.map((_, n) => n));
    expect(cluster.run(io.list())).toHaveLength(NAMES.length);
  }
});

test('a merge in the middle of a backfill leaves no replica short', () => {
  const { cluster, io } = setUp(16);
  setPgNum(cluster, io, 32);
  for (let steps = 0; steps < 5; steps++) cluster.advance(1_500);
  setPgNum(cluster, io, 2);
  cluster.run(cluster.settle());
  for (const seed of [0, 1]) {
    const view = cluster.pgs.view(io.poolId, seed);
    const sizes = view?.acting.map((store) => store.collection(io.poolId, seed).size) ?? [];
    expect(new Set(sizes).size).toBe(1);
    expect(sizes).toHaveLength(3);
  }
  expect(firstBytes(cluster, io)).toEqual(NAMES.map((_, n) => n));
});

test('[PG6] an OSD that was down during a write does not serve what it missed', () => {
  const { cluster, io } = setUp(8);
  for (let osd = 0; osd < 9; osd++) {
    setUpOsd(cluster, osd, false);
    for (const name of NAMES) cluster.run(io.writeFull(name, fillData(10, 100 + osd)));
    setUpOsd(cluster, osd, true);
    expect(new Set(firstBytes(cluster, io))).toEqual(new Set([100 + osd]));
    cluster.run(cluster.settle());
    expect(new Set(firstBytes(cluster, io))).toEqual(new Set([100 + osd]));
  }
});
