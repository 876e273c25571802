import { describe, expect, test } from 'vitest';
import { noCost } from '../../../../src/engine/base/cost.ts';
import { bytesData, bytesOfData, fillData, overwriteData, randomData } from '../../../../src/engine/base/data.ts';
import type { TimedEvent } from '../../../../src/engine/base/events.ts';
import { tableName } from '../../../../src/engine/base/records.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setErasureProfile } from '../../../../src/engine/mon/erasure-profile.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { parseCollectionTable } from '../../../../src/engine/os/object-store.ts';
import type { Onode } from '../../../../src/engine/os/onode.ts';
import { pgShardText } from '../../../../src/engine/os/shard-id.ts';
import { membersOf } from '../../../../src/engine/osd/past-intervals.ts';
import { Packer } from '../../../../src/worker/store/packer.ts';
import { Unpacker } from '../../../../src/worker/store/unpacker.ts';
import { testCluster } from '../../../helpers/cluster.ts';
import { differingReplicas } from '../../../helpers/cluster-checks.ts';

const SETTLE_US = 60_000_000;
/** Two data chunks of 4 KiB. */
const STRIPE = 8192;

interface World {
  readonly cluster: Cluster;
  readonly io: IoCtx;
}

function setUp(words: readonly string[], overwrites = true, osds = 6): World {
  const cluster = testCluster({ osds, osdsPerHost: 1 });
  setErasureProfile(cluster.monitor, { name: 'e', words, force: false, sure: false });
  createPool(cluster.monitor, { name: 'p', pgNum: 8, type: 'erasure', profile: 'e' });
  if (overwrites) setPool(cluster.monitor, { name: 'p', key: 'allow_ec_overwrites', value: 'true' });
  settle(cluster);
  return { cluster, io: cluster.connect().ioCtx('p') };
}

function settle(cluster: Cluster): void {
  cluster.run(cluster.settle(SETTLE_US));
}

/** States of the pool's PGs, each once. */
function states({ cluster, io }: World): string[] {
  const pgs = [...cluster.stats.pgStats()].filter(({ pool }) => pool === io.poolId);
  return [...new Set(pgs.map(({ state }) => state))].sort();
}

function content(n: number): Uint8Array {
  return bytesOfData(randomData({ kind: 'random', seed: n }, 0, 20_000 + n));
}

function same(bytes: Uint8Array, data: Parameters<typeof bytesOfData>[0]): boolean {
  return Buffer.compare(bytes, bytesOfData(data)) === 0;
}

const NAMES = Array.from({ length: 12 }, (_, n) => `o${n}`);

function fill({ cluster, io }: World): void {
  for (const [n, name] of NAMES.entries()) cluster.run(io.writeFull(name, bytesData(content(n))));
}

function allThere({ cluster, io }: World): boolean {
  return NAMES.every((name, n) => same(content(n), cluster.run(io.read(name))));
}

describe('an erasure pool', () => {
  for (const words of [
    ['k=2', 'm=2'],
    ['k=3', 'm=2', 'plugin=jerasure'],
    ['k=3', 'm=2', 'plugin=jerasure', 'technique=cauchy_good', 'packetsize=32'],
    ['k=3', 'm=2', 'c=2', 'plugin=shec'],
    ['k=3', 'm=2', 'plugin=clay'],
  ])
    test(`[EC2] of ${words.join(' ')} reads without two OSDs, and is whole again with others in their place`, () => {
      const world = setUp(words, true, 8);
      const { cluster } = world;
      fill(world);
      cluster.daemons.stop(0, 'killed');
      cluster.daemons.stop(1, 'in-order');
      setPool(cluster.monitor, { name: 'p', key: 'min_size', value: words[0]?.slice(2) ?? '' });
      settle(cluster);
      expect(states(world).every((state) => state.startsWith('active'))).toBe(true);
      expect(allThere(world)).toBe(true);
      cluster.advance(700_000_000);
      settle(cluster);
      expect(states(world)).toEqual(['active+clean']);
      expect(allThere(world)).toBe(true);
      expect(differingReplicas(cluster, world.io.poolId)).toEqual([]);
    });

  test('[EC1] keeps on each OSD just that OSD’s shard, and sets with holes', () => {
    const world = setUp(['k=2', 'm=1']);
    const { cluster, io } = world;
    fill(world);
    cluster.daemons.stop(2, 'in-order');
    settle(cluster);
    const holes = cluster.pgs
      .records()
      .filter(({ pool, interval }) => pool === io.poolId && interval.acting.includes(0x7fffffff));
    expect(holes.length).toBeGreaterThan(0);
    cluster.daemons.start(2);
    settle(cluster);
    const pool = cluster.monitor.map().pools.get(io.poolId) ?? { type: 'erasure' as const };
    for (const record of cluster.pgs.records().filter((each) => each.pool === io.poolId)) {
      const members = membersOf(record.interval.acting, pool);
      expect(members.map(pgShardText)).toEqual(record.interval.acting.map((osd, shard) => `${osd}(${shard})`));
      for (const id of members)
        for (const onode of cluster.pgs.store(id).collection(record.pool, record.seed).values())
          expect(onode.data.length).toBe((Math.ceil((onode.written?.data.length ?? 0) / STRIPE) * STRIPE) / 2);
    }
  });

  test('clones all shards before the first write after a snapshot', () => {
    const world = setUp(['k=2', 'm=2']);
    const { cluster, io } = world;
    cluster.run(io.writeFull('o', bytesData(content(1))));
    const snap = cluster.run(io.createSelfManagedSnap());
    cluster.run(io.withSnapContext({ seq: snap, snaps: [snap] }).write('o', 5000, fillData(10, 9)));
    cluster.daemons.stop(3, 'in-order');
    settle(cluster);
    expect(same(content(1), cluster.run(io.atSnap(snap).read('o')))).toBe(true);
    const now = content(1).fill(9, 5000, 5010);
    expect(same(now, cluster.run(io.read('o')))).toBe(true);
  });
});

describe('what an erasure pool reads and writes', () => {
  function cost(world: World, run: () => void) {
    const { cluster } = world;
    const events: TimedEvent['event'][] = [];
    Object.assign(cluster.cost, noCost());
    cluster.onEvent = ({ event }) => {
      if (event.type !== 'osd/op-traced') events.push(event);
    };
    run();
    cluster.onEvent = null;
    return { ...cluster.cost, events };
  }

  test('[EC4] a write within a stripe reads that stripe before and writes it on all shards', () => {
    const world = setUp(['k=2', 'm=2']);
    const { cluster, io } = world;
    cluster.run(io.writeFull('o', bytesData(content(1))));
    const { diskReads, readBytes, diskWrites, writeBytes, events } = cost(world, () =>
      cluster.run(io.write('o', 100, fillData(10, 1))),
    );
    expect({ diskReads, readBytes, diskWrites, writeBytes }).toEqual({
      diskReads: 2,
      readBytes: STRIPE,
      diskWrites: 4,
      writeBytes: 2 * STRIPE,
    });
    expect(events).toMatchObject([
      { type: 'rados/object-written', stripes: { readBytes: STRIPE, writeBytes: STRIPE } },
    ]);
  });

  test('a write of whole stripes reads nothing', () => {
    const world = setUp(['k=2', 'm=2']);
    const { cluster, io } = world;
    cluster.run(io.writeFull('o', bytesData(content(1))));
    const { diskReads, writeBytes } = cost(world, () => cluster.run(io.write('o', STRIPE, fillData(STRIPE, 1))));
    expect({ diskReads, writeBytes }).toEqual({ diskReads: 0, writeBytes: 2 * STRIPE });
  });

  test('a read while a data shard is away says what it worked out', () => {
    const world = setUp(['k=2', 'm=2']);
    const { cluster, io } = world;
    fill(world);
    const pg = cluster.pgs.records().find(({ pool, interval }) => pool === io.poolId && interval.acting[1] === 1);
    const name = NAMES.find((each) => keysOf(cluster, pg?.pool ?? 0, pg?.seed ?? 0).includes(each));
    if (name === undefined) throw new Error('no object in that PG');
    cluster.daemons.stop(1, 'in-order');
    settle(cluster);
    const { events } = cost(world, () => cluster.run(io.read(name)));
    expect(events).toMatchObject([{ type: 'rados/object-read', shards: { read: [0, 2], decoded: [1] } }]);
  });
});

function keysOf(cluster: Cluster, pool: number, seed: number): string[] {
  const acting = cluster.pgs.view(pool, seed)?.acting[0];
  return [...(acting?.collection(pool, seed).values() ?? [])].map(({ hoid }) => hoid.oid);
}

/** All shards of the pool's objects, by their collection and key. */
function shards({ cluster }: World): { table: string; key: string; onode: Onode }[] {
  return cluster.records
    .tableNames()
    .filter((name) => (parseCollectionTable(name)?.id ?? 0) > 0xffffff)
    .flatMap((table) =>
      [...cluster.records.table(tableName<Onode>(table)).entries()].map(([key, onode]) => ({ table, key, onode })),
    );
}

test('[EC6] shards come back from storage with the same bytes, and as shards of one object', () => {
  const world = setUp(['k=2', 'm=2']);
  fill(world);
  const blobs: Uint8Array[] = [];
  const numberOf = (bytes: Uint8Array) => (blobs.includes(bytes) ? blobs.indexOf(bytes) : blobs.push(bytes) - 1);
  const packer = new Packer(numberOf);
  const before = shards(world);
  for (const { key, onode } of before) packer.entry(key, onode);
  const unpacker = new Unpacker((number) => blobs[number]);
  unpacker.feed(packer.take());
  const written = new Map<string, unknown>();
  for (const { key, onode } of before) {
    const back = unpacker.entry().value as Onode;
    expect(same(bytesOfData(onode.data), back.data)).toBe(true);
    expect(written.get(key) ?? back.written).toBe(back.written);
    written.set(key, back.written);
  }
  expect(written.size).toBe(NAMES.length);
  expect(blobs).toHaveLength(NAMES.length);
});

describe('a damaged shard', () => {
  function damage(world: World): void {
    const [first] = shards(world).filter(({ table }) => table.endsWith('s0'));
    if (first === undefined) throw new Error('no shard');
    const data = overwriteData(first.onode.data, 10, fillData(5, 0xee));
    world.cluster.records.table(tableName<Onode>(first.table)).set(first.key, { ...first.onode, data });
  }

  test('[EC3] is passed over where shards have checksums', () => {
    const world = setUp(['k=2', 'm=2'], false);
    fill(world);
    damage(world);
    expect(allThere(world)).toBe(true);
  });

  test('is read as it is where they have none', () => {
    const world = setUp(['k=2', 'm=2'], true);
    fill(world);
    damage(world);
    expect(allThere(world)).toBe(false);
  });

  test('stays what it is when only attributes are written', () => {
    const world = setUp(['k=2', 'm=2'], true);
    fill(world);
    damage(world);
    for (const name of NAMES)
      world.cluster.run(world.io.operate(name, [{ op: 'setxattr', name: 'x', value: new Uint8Array(1) }]));
    expect(allThere(world)).toBe(false);
  });
});

test('a collection’s name tells OSD, PG and shard', () => {
  expect(parseCollectionTable('os/3/2.1a')).toEqual({ osd: 3, id: 3, pgid: '2.1a' });
  expect(parseCollectionTable('os/3/2.1as10')).toMatchObject({ osd: 3, pgid: '2.1a' });
  expect(parseCollectionTable('missing/2.1a')).toBeUndefined();
});
