import { describe, expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import { type OpTrace, traceKind } from '../../../../src/engine/base/op-trace.ts';
import { totalsOf, writeAmplification } from '../../../../src/engine/base/trace-totals.ts';
import { objectHash } from '../../../../src/engine/osdmap/placement.ts';
import { randomBytes, settle, type TracedPool, tracedPool, tracesOf } from '../../../helpers/traces.ts';

/** Two data chunks of 4 KiB. */
const STRIPE = 8192;

function only(traces: readonly OpTrace[]): OpTrace {
  const [trace] = traces;
  if (trace === undefined || traces.length > 1) throw new Error(`${traces.length} traces`);
  return trace;
}

/** A PG's acting set, the primary first. */
function actingOf({ cluster }: TracedPool, { pool, pgid }: OpTrace): (number | undefined)[] {
  const seed = Number.parseInt(pgid.split('.')[1] ?? '', 16);
  return (cluster.pgs.view(pool, seed)?.acting ?? []).map(({ osd }) => osd);
}

/** OSD by role, with the bytes that it read, wrote, sent and received. */
function membersOf({ members }: OpTrace): unknown[] {
  return members.map(({ role, shard, readBytes, writtenBytes, sentBytes, receivedBytes }) => [
    shard === null ? role : `${role} ${shard}`,
    readBytes,
    writtenBytes,
    sentBytes,
    receivedBytes,
  ]);
}

describe('the road of a request to a replicated pool', () => {
  test('a write goes to the primary and from there to each replica', () => {
    const world = tracedPool('replicated');
    const { cluster, io } = world;
    const trace = only(tracesOf(cluster, () => cluster.run(io.writeFull('o', fillData(4096, 1)))).traces);
    expect(trace).toMatchObject({
      cause: 'client',
      reqid: `client.${io.rados.clientId}.0:1`,
      ops: [{ name: 'writefull 0~4096', writtenBytes: 4096, part: 'data' }],
      hash: objectHash('', 'o'),
      epoch: cluster.monitor.map().epoch,
      sentBytes: 4096,
      answeredBytes: 0,
      clone: null,
      version: `${cluster.monitor.map().epoch}'1`,
      logEntries: 1,
      error: null,
    });
    expect(trace.members.map(({ osd }) => osd)).toEqual(actingOf(world, trace));
    expect(membersOf(trace)).toEqual([
      ['primary', 0, 4096, 0, 0],
      ['replica', 0, 4096, 0, 4096],
      ['replica', 0, 4096, 0, 4096],
    ]);
    expect(writeAmplification(totalsOf([trace]))).toBe(3);
  });

  test('the first write after a snapshot keeps the object as it was, and copies none of it', () => {
    const { cluster, io } = tracedPool('replicated');
    cluster.run(io.writeFull('o', fillData(65_536, 1)));
    const snap = cluster.run(io.createSelfManagedSnap());
    const later = io.withSnapContext({ seq: snap, snaps: [snap] });
    const write = () => only(tracesOf(cluster, () => cluster.run(later.write('o', 0, fillData(512, 2)))).traces);
    expect(write()).toMatchObject({ clone: { snap, sharedBytes: 65_536 }, logEntries: 2, sentBytes: 512 });
    expect(write()).toMatchObject({ clone: null, logEntries: 1 });
    const old = only(tracesOf(cluster, () => cluster.run(io.atSnap(snap).read('o'))).traces);
    expect(old).toMatchObject({ snap, answeredBytes: 65_536, version: null });
    expect(membersOf(old)).toEqual([['primary', 65_536, 0, 0, 0]]);
  });

  test('one that is refused has gone to the primary all the same', () => {
    const { cluster, io } = tracedPool('replicated');
    const { traces, cost } = tracesOf(cluster, () => {
      const ops = [{ op: 'assert-exists' as const }, { op: 'write' as const, off: 0, data: fillData(100) }];
      expect(() => cluster.run(io.operate('none', ops))).toThrow('No such file or directory');
    });
    expect(only(traces)).toMatchObject({ error: 'ENOENT', sentBytes: 100, ops: [{ name: 'stat' }], version: null });
    expect(traceKind(only(traces))).toBe('refused');
    expect(cost.networkBytes).toBe(100);
  });

  test('recovery pushes each object to the OSD that lacks it', () => {
    const { cluster, io } = tracedPool('replicated');
    cluster.daemons.stop(0, 'in-order');
    settle(cluster);
    for (let n = 0; n < 12; n++) cluster.run(io.writeFull(`o${n}`, fillData(4096, 1)));
    const { traces, cost } = tracesOf(cluster, () => {
      cluster.daemons.start(0);
      settle(cluster);
    });
    expect(traces.length).toBeGreaterThan(0);
    for (const trace of traces) {
      expect(trace).toMatchObject({ cause: 'recovery', sentBytes: 0, error: null });
      expect(membersOf(trace)).toEqual([
        ['source', 4096, 0, 0, 0],
        ['target', 0, 4096, 0, 4096],
      ]);
      expect(trace.members[1]?.osd).toBe(0);
    }
    expect(totalsOf(traces)).toMatchObject({ osdJobs: traces.length, requests: 0, networkBytes: cost.networkBytes });
  });

  test('trimming a snapshot is the OSDs’ own work', () => {
    const { cluster, io } = tracedPool('replicated');
    cluster.run(io.writeFull('o', fillData(4096, 1)));
    const snap = cluster.run(io.createSelfManagedSnap());
    cluster.run(io.withSnapContext({ seq: snap, snaps: [snap] }).write('o', 0, fillData(512, 2)));
    const { traces } = tracesOf(cluster, () => {
      cluster.run(io.removeSelfManagedSnap(snap));
      settle(cluster);
    });
    expect(only(traces)).toMatchObject({ cause: 'trim', ops: [{ name: `trim clone ${snap}` }], logEntries: 1 });
  });
});

describe('the road of a request to an erasure pool', () => {
  test('a write of whole stripes sends each OSD its shard', () => {
    const { cluster, io } = tracedPool('erasure');
    const trace = only(tracesOf(cluster, () => cluster.run(io.writeFull('o', randomBytes(2 * STRIPE)))).traces);
    expect(trace).toMatchObject({ sentBytes: 2 * STRIPE, stripes: { readBytes: 0, writeBytes: 2 * STRIPE } });
    expect(membersOf(trace)).toEqual([
      ['primary 0', 0, STRIPE, 0, 0],
      ['shard 1', 0, STRIPE, 0, STRIPE],
      ['shard 2', 0, STRIPE, 0, STRIPE],
      ['shard 3', 0, STRIPE, 0, STRIPE],
    ]);
  });

  test('a write within a stripe reads it first', () => {
    const { cluster, io } = tracedPool('erasure');
    cluster.run(io.writeFull('o', randomBytes(2 * STRIPE)));
    const { traces } = tracesOf(cluster, () => cluster.run(io.write('o', 100, fillData(10, 1))));
    expect(only(traces)).toMatchObject({ sentBytes: 10, stripes: { readBytes: STRIPE, writeBytes: STRIPE } });
    expect(membersOf(only(traces))).toEqual([
      ['primary 0', STRIPE / 2, STRIPE / 2, 0, 0],
      ['shard 1', STRIPE / 2, STRIPE / 2, STRIPE / 2, STRIPE / 2],
      ['shard 2', 0, STRIPE / 2, 0, STRIPE / 2],
      ['shard 3', 0, STRIPE / 2, 0, STRIPE / 2],
    ]);
    expect(totalsOf(traces)).toMatchObject({ readModifyWrites: 1, clientWrittenBytes: 10, diskReadBytes: STRIPE });
  });

  test('a read without a data shard works it out from another', () => {
    const world = tracedPool('erasure');
    const { cluster, io } = world;
    for (let n = 0; n < 12; n++) cluster.run(io.writeFull(`o${n}`, randomBytes(STRIPE, n)));
    cluster.daemons.stop(1, 'in-order');
    settle(cluster);
    const { traces } = tracesOf(cluster, () => {
      for (let n = 0; n < 12; n++) cluster.run(io.read(`o${n}`));
    });
    const degraded = traces.filter(({ decoded }) => decoded.length > 0);
    expect(degraded.length).toBeGreaterThan(0);
    for (const trace of degraded) {
      expect(trace.members.map(({ osd }) => osd)).not.toContain(1);
      expect(trace.members.reduce((sum, { readBytes }) => sum + readBytes, 0)).toBe(STRIPE);
      expect(trace.answeredBytes).toBe(STRIPE);
    }
    expect(totalsOf(traces).decodedShards).toBe(degraded.length);
  });

  test('recovery gathers shards on the primary, which sends the lost one', () => {
    const { cluster, io } = tracedPool('erasure');
    cluster.daemons.stop(0, 'in-order');
    settle(cluster);
    for (let n = 0; n < 12; n++) cluster.run(io.writeFull(`o${n}`, randomBytes(STRIPE, n)));
    const { traces, cost } = tracesOf(cluster, () => {
      cluster.daemons.start(0);
      settle(cluster);
    });
    expect(traces.length).toBeGreaterThan(0);
    for (const trace of traces) {
      const written = trace.members.filter(({ writtenBytes }) => writtenBytes > 0);
      expect(written.map(({ osd, writtenBytes }) => [osd, writtenBytes])).toEqual([[0, STRIPE / 2]]);
      expect(trace.members.filter(({ readBytes }) => readBytes > 0)).toHaveLength(2);
    }
    const { networkBytes, diskReadBytes } = totalsOf(traces);
    expect([networkBytes, diskReadBytes]).toEqual([cost.networkBytes, cost.readBytes]);
  });
});

test('nothing is made where nobody listens', () => {
  const { cluster, io } = tracedPool('replicated');
  const { traces } = tracesOf(cluster, () => {
    cluster.onEvent = null;
    cluster.run(io.writeFull('o', fillData(4096, 1)));
  });
  expect(traces).toEqual([]);
});
