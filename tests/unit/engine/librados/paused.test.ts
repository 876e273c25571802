import { describe, expect, it } from 'vitest';
import type { Task } from '../../../../src/engine/base/task.ts';
import { Cluster, type StepOutcome } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { withFlag } from '../../../../src/engine/mon/pool-flags.ts';

function poolOf(cluster: Cluster): IoCtx {
  createPool(cluster.monitor, { name: 'p', pgNum: 8 });
  const io = cluster.connect().ioCtx('p');
  cluster.run(io.create('o'));
  return io;
}

function setFull(cluster: Cluster, io: IoCtx, on: boolean): void {
  cluster.monitor.publishPool(io.poolId, (pool) => withFlag(pool, 'full', on), 'full');
}

function setFlags(cluster: Cluster, flags: readonly string[]): void {
  cluster.monitor.publish((map) => ({ ...map, flags }), 'flags');
}

/** What a task comes to once the OSDs have nothing to do any more beside it. */
function stepped(cluster: Cluster, task: Task<unknown>): StepOutcome<unknown> {
  for (;;) {
    const outcome = cluster.step(task);
    if (outcome.kind !== 'ran') return outcome;
  }
}

describe('a client', () => {
  it('holds writes to a full pool back until it has room again', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    const io = poolOf(cluster);
    setFull(cluster, io, true);
    cluster.run(io.stat('o'));
    const write = io.remove('o');
    expect(stepped(cluster, write)).toMatchObject({ kind: 'blocked', reason: "pool 'p' is full" });
    setFull(cluster, io, false);
    cluster.run(write);
    expect(() => cluster.run(io.stat('o'))).toThrow('No such file');
  });

  it('tries them all the same where it is told to', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    const io = poolOf(cluster);
    setFull(cluster, io, true);
    cluster.run(io.withFullTry().inNamespace('').remove('o'));
  });

  it('waits for a pool no longer than that is there', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    const io = poolOf(cluster);
    setFull(cluster, io, true);
    const write = io.remove('o');
    expect(stepped(cluster, write).kind).toBe('blocked');
    cluster.monitor.publish((map) => {
      const pools = new Map(map.pools);
      pools.delete(io.poolId);
      return { ...map, pools };
    }, 'removed');
    expect(() => cluster.run(write)).toThrow('No such file');
  });

  it('minds the flags of the map: reads and writes apart', () => {
    const cluster = new Cluster(DEFAULT_SPEC);
    const io = poolOf(cluster);
    const { flags } = cluster.monitor.map();
    setFlags(cluster, [...flags, 'pausewr']);
    cluster.run(io.stat('o'));
    expect(stepped(cluster, io.withFullTry().remove('o')).kind).toBe('blocked');
    setFlags(cluster, [...flags, 'pauserd']);
    expect(stepped(cluster, io.stat('o')).kind).toBe('blocked');
    cluster.run(io.create('other'));
    setFlags(cluster, [...flags, 'full']);
    expect(stepped(cluster, io.remove('o')).kind).toBe('blocked');
    cluster.run(io.withFullTry().remove('o'));
  });
});
