import { describe, expect, test } from 'vitest';
import { bytesData, bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { intervalSet } from '../../../../src/engine/base/interval-set.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { smallCluster } from '../../../helpers/cluster.ts';

function setUp(): { cluster: Cluster; io: IoCtx } {
  const cluster = smallCluster();
  return { cluster, io: cluster.connect().ioCtx('p') };
}

const write = (off: number, byte: number, len: number) => ({ op: 'write' as const, off, data: fillData(len, byte) });

describe('snapshots of an object', () => {
  test('[SN4] the first write after a snapshot clones the head, the next does not', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 100)]));
    const later = io.withSnapContext({ seq: 3, snaps: [3] });
    cluster.run(later.operate('a', [write(10, 2, 20)]));
    cluster.run(later.operate('a', [write(50, 3, 10)]));
    expect(cluster.run(io.listSnaps('a'))).toEqual({
      seq: 3,
      clones: [
        {
          id: 3,
          snaps: [3],
          size: 100,
          overlap: [
            { off: 0, len: 10 },
            { off: 30, len: 20 },
            { off: 60, len: 40 },
          ],
        },
        { id: NOSNAP, snaps: [], size: 100, overlap: [] },
      ],
    });
    expect(bytesOfData(cluster.run(io.atSnap(3).read('a')))).toEqual(new Uint8Array(100).fill(1));
  });

  test('[SN5] one clone serves all snapshots since the last write', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 10)]));
    cluster.run(io.withSnapContext({ seq: 7, snaps: [7, 6, 4] }).operate('a', [write(0, 2, 10)]));
    expect(cluster.run(io.listSnaps('a')).clones[0]).toMatchObject({ id: 7, snaps: [4, 6, 7], overlap: [] });
  });

  test('[SN3] an object made after a snapshot was not there then', () => {
    const { cluster, io } = setUp();
    cluster.run(io.withSnapContext({ seq: 3, snaps: [3] }).operate('a', [write(0, 1, 10)]));
    expect(() => cluster.run(io.atSnap(3).read('a'))).toThrow(new CephError('ENOENT', 'a'));
    expect(cluster.run(io.atSnap(4).read('a')).length).toBe(10);
  });

  test('a removed head stays as a whiteout while its clone lives, and goes with it', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 10)]));
    const snap = cluster.run(io.createSelfManagedSnap());
    const later = io.withSnapContext({ seq: snap, snaps: [snap] });
    cluster.run(later.remove('a'));
    expect(() => cluster.run(io.stat('a'))).toThrow('(2)');
    expect(cluster.run(io.list()).map(({ oid }) => oid)).toEqual(['a']);
    expect(bytesOfData(cluster.run(io.atSnap(snap).read('a')))[0]).toBe(1);
    cluster.run(io.removeSelfManagedSnap(snap));
    cluster.run(cluster.settle());
    expect(cluster.run(io.list())).toEqual([]);
  });

  test('[SN7] trimming a clone leaves the older one what both had in common', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 100)]));
    const first = cluster.run(io.createSelfManagedSnap());
    cluster.run(io.withSnapContext({ seq: first, snaps: [first] }).operate('a', [write(0, 2, 10)]));
    const second = cluster.run(io.createSelfManagedSnap());
    cluster.run(io.withSnapContext({ seq: second, snaps: [second, first] }).operate('a', [write(20, 3, 10)]));
    cluster.run(io.removeSelfManagedSnap(second));
    cluster.run(cluster.settle());
    const { clones } = cluster.run(io.listSnaps('a'));
    expect(clones.map(({ id }) => id)).toEqual([first, NOSNAP]);
    expect(clones[0]?.overlap).toEqual([...intervalSet(10, 10), ...intervalSet(30, 70)]);
  });

  test('rollback brings back the clone, and only what differs leaves the overlap', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 100)]));
    const later = io.withSnapContext({ seq: 3, snaps: [3] });
    cluster.run(later.operate('a', [write(0, 2, 10)]));
    cluster.run(later.operate('a', [{ op: 'rollback', snap: 3 }]));
    expect(bytesOfData(cluster.run(io.read('a')))).toEqual(new Uint8Array(100).fill(1));
    expect(cluster.run(io.listSnaps('a')).clones[0]?.overlap).toEqual(intervalSet(10, 90));
  });

  test('_rollback_to: a head that still serves the snapshot is cloned for the newer ones', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 100)]));
    const later = io.withSnapContext({ seq: 4, snaps: [4, 3] });
    cluster.run(later.operate('a', [{ op: 'rollback', snap: 3 }]));
    expect(cluster.run(io.listSnaps('a')).clones).toEqual([
      { id: 4, snaps: [3, 4], size: 100, overlap: intervalSet(0, 100) },
      { id: NOSNAP, snaps: [], size: 100, overlap: [] },
    ]);
  });
});

describe('requests', () => {
  test('a request that fails changes nothing', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [{ op: 'write-full', data: bytesData(new Uint8Array([1])) }]));
    const failing = io.operate('a', [write(0, 9, 50), { op: 'create', exclusive: true }]);
    expect(() => cluster.run(failing)).toThrow('(17)');
    expect(cluster.run(io.stat('a')).size).toBe(1);
  });

  test('every write reaches each replica, which share one record', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 10)]));
    const holders = [0, 1, 2].map((osd) =>
      cluster.records
        .tableNames()
        .filter((name) => name.startsWith(`os/${osd}/2.`))
        .flatMap((name) => [...cluster.records.table(name).values()]),
    );
    expect(holders.map((onodes) => onodes.length)).toEqual([1, 1, 1]);
    expect(holders[0]?.[0]).toBe(holders[2]?.[0]);
  });

  test('undo of a write brings back the records', () => {
    const { cluster, io } = setUp();
    cluster.run(io.operate('a', [write(0, 1, 10)]));
    cluster.records.commit();
    cluster.run(io.operate('a', [write(5, 2, 10)]));
    cluster.records.rollback();
    cluster.resume();
    expect(bytesOfData(cluster.run(io.read('a')))).toEqual(new Uint8Array(10).fill(1));
  });
});
