import { describe, expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../../src/engine/base/data.ts';
import type { OpTrace } from '../../../../../src/engine/base/op-trace.ts';
import { randomBytes, settle, type TracedPool, tracedPool, tracesOf } from '../../../../helpers/traces.ts';

const SIZE = 65_536;
const PAGE = 4096;

/** A pool with allow_ec_optimizations and an object of whole stripes. */
function poolWithObject(): TracedPool {
  const world = tracedPool('optimized');
  world.cluster.run(world.io.writeFull('o', randomBytes(SIZE)));
  return world;
}

/** Bytes that each member read and wrote: `[shard, read, written]`, by shard. */
function movedBy({ members }: OpTrace): number[][] {
  return members
    .map(({ shard, readBytes, writtenBytes }) => [shard ?? -1, readBytes, writtenBytes])
    .sort(([a = 0], [b = 0]) => a - b);
}

function only(traces: readonly OpTrace[]): OpTrace {
  const [trace] = traces;
  if (trace === undefined || traces.length > 1) throw new Error(`${traces.length} traces`);
  return trace;
}

/** The OSD of the object's shard 2 stops; nothing is made anew. */
function stopShard2({ cluster, io }: TracedPool): void {
  const { traces } = tracesOf(cluster, () => cluster.run(io.read('o')));
  const osd = only(traces).members.find(({ shard }) => shard === 2)?.osd;
  if (osd === undefined) throw new Error('nobody has shard 2');
  cluster.daemons.stop(osd, 'in-order');
  settle(cluster);
}

describe('[EC7] the road of a request to a pool with allow_ec_optimizations', () => {
  test('a write of a few bytes reads and writes one page of the shard and of the coding shards', () => {
    const { cluster, io } = poolWithObject();
    const { traces, cost } = tracesOf(cluster, () => cluster.run(io.write('o', 100, fillData(10, 1))));
    expect(movedBy(only(traces))).toEqual([
      [0, PAGE, PAGE],
      [4, PAGE, PAGE],
      [5, PAGE, PAGE],
    ]);
    expect(only(traces)).toMatchObject({ sentBytes: 10, stripes: { readBytes: 3 * PAGE, writeBytes: PAGE } });
    expect(cost).toMatchObject({ diskReads: 3, readBytes: 3 * PAGE, diskWrites: 3, writeBytes: 3 * PAGE });
    expect(cost.networkBytes).toBe(10 + 2 * PAGE + 2 * PAGE);
  });

  test('a whole chunk is written beside the coding shards; the others are read, and hear nothing of it', () => {
    const { cluster, io } = poolWithObject();
    const { traces, cost } = tracesOf(cluster, () => cluster.run(io.write('o', 8192, randomBytes(PAGE, 2))));
    expect(movedBy(only(traces))).toEqual([
      [0, PAGE, 0],
      [1, PAGE, 0],
      [2, 0, PAGE],
      [3, PAGE, 0],
      [4, 0, PAGE],
      [5, 0, PAGE],
    ]);
    expect(cost).toMatchObject({ diskReads: 3, diskWrites: 4, writeBytes: 3 * PAGE });
  });

  test('what grows reaches all shards, for each knows how long the object is', () => {
    const { cluster, io } = poolWithObject();
    const { traces, cost } = tracesOf(cluster, () => cluster.run(io.write('o', SIZE, fillData(10, 1))));
    expect(movedBy(only(traces)).map(([, , written]) => written)).toEqual([PAGE, 0, 0, 0, PAGE, PAGE]);
    expect(cost).toMatchObject({ diskReads: 0, diskWrites: 6, writeBytes: 3 * PAGE });
  });

  test('attributes are on those shards alone that may lead', () => {
    const { cluster, io } = poolWithObject();
    const { traces, cost } = tracesOf(cluster, () =>
      cluster.run(io.operate('o', [{ op: 'setxattr', name: 'x', value: new Uint8Array([1]) }])),
    );
    expect(movedBy(only(traces)).map(([shard]) => shard)).toEqual([0, 4, 5]);
    expect(cost.diskWrites).toBe(3);
  });

  test('a read asks the shards that have the range, by pages', () => {
    const { cluster, io } = poolWithObject();
    const { traces, cost } = tracesOf(cluster, () => cluster.run(io.read('o', 4000, 200)));
    expect(movedBy(only(traces))).toEqual([
      [0, PAGE, 0],
      [1, PAGE, 0],
    ]);
    expect(only(traces)).toMatchObject({ answeredBytes: 200, decoded: [] });
    expect(cost).toMatchObject({ diskReads: 2, readBytes: 2 * PAGE });
  });

  test('while a data shard is away only what lies on it is worked out', () => {
    const world = poolWithObject();
    stopShard2(world);
    const { cluster, io } = world;
    const elsewhere = only(tracesOf(cluster, () => cluster.run(io.read('o', 0, 100))).traces);
    expect([movedBy(elsewhere), elsewhere.decoded]).toEqual([[[0, PAGE, 0]], []]);
    const lost = only(tracesOf(cluster, () => cluster.run(io.read('o', 8192, 4096))).traces);
    expect(movedBy(lost).map(([shard, read]) => [shard, read])).toEqual([
      [0, PAGE],
      [1, PAGE],
      [3, PAGE],
      [4, PAGE],
    ]);
    expect(lost.decoded).toEqual([2]);
  });

  test('[EC4] what was written comes back, with shards away and after they are back', () => {
    const world = poolWithObject();
    const { cluster, io } = world;
    const wanted = bytesOfData(randomBytes(SIZE));
    stopShard2(world);
    for (const [at, [off, length]] of [
      [100, 10],
      [8192, 4096],
      [4096, 8192],
      [30_000, 20_000],
    ].entries()) {
      const part = randomBytes(length ?? 0, at + 7);
      cluster.run(io.write('o', off ?? 0, part));
      wanted.set(bytesOfData(part), off);
    }
    expect(Buffer.compare(bytesOfData(cluster.run(io.read('o'))), wanted)).toBe(0);
  });
});
