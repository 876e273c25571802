import { expect, test } from 'vitest';
import { bytesData, bytesOfData, type Data } from '../../../../src/engine/base/data.ts';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { abortMigration } from '../../../../src/engine/librbd/migration/abort.ts';
import { importMigration } from '../../../../src/engine/librbd/migration/prepare-import.ts';
import { Bench, KIB } from './set-up.ts';

const bytesOf = (value: number): Data => bytesData(new Uint8Array(10).fill(value));

/** An image with a snapshot, which it has left behind. */
function withSource(): { bench: Bench; snapId: number; pool: number } {
  const bench = new Bench();
  bench.create('a', 64 * KIB);
  bench.write('a', 0, bytesOf(1));
  bench.snap('a', 's');
  bench.write('a', 0, bytesOf(2));
  const snapId = bench.with('a', function* (image) {
    return image.header.snaps[0]?.id ?? 0;
  });
  return { bench, snapId, pool: bench.io().poolId };
}

test('MG6 NativeFormat.cc: the snapshot goes by name or id, the pool too, ids also as texts', () => {
  const { bench, snapId, pool } = withSource();
  const ways = [
    { pool_id: pool, snap_name: 's' },
    { pool_id: `${pool}`, snap_name: 's' },
    { pool_name: 'p', snap_id: snapId },
    { pool_name: 'p', pool_namespace: '', snap_id: `${snapId}` },
  ];
  for (const way of ways) {
    bench.run(importMigration(JSON.stringify({ type: 'native', image_name: 'a', ...way }), bench.io(), 'b'));
    expect(bench.read('b').subarray(0, 10)).toEqual(bytesOfData(bytesOf(1)));
    bench.run(abortMigration(bench.io(), 'b'));
  }
});

test('MG6 NativeFormat.cc: what is not said, said twice or no name or id is EINVAL; what is not there ENOENT', () => {
  const { bench, snapId, pool } = withSource();
  const wrong = [
    [{}, 'EINVAL'],
    [{ pool_id: pool }, 'EINVAL'],
    [{ pool_id: pool, image_name: 'a' }, 'EINVAL'],
    [{ pool_id: pool, image_name: 'a', snap_name: 's', snap_id: snapId }, 'EINVAL'],
    [{ pool_id: pool, pool_name: 'p', image_name: 'a', snap_name: 's' }, 'EINVAL'],
    [{ pool_id: 'one', image_name: 'a', snap_name: 's' }, 'EINVAL'],
    [{ pool_id: pool, pool_namespace: 1, image_name: 'a', snap_name: 's' }, 'EINVAL'],
    [{ pool_id: pool, image_name: 'a', snap_name: 1 }, 'EINVAL'],
    [{ pool_id: pool, image_name: 'a', snap_id: 'foobar' }, 'EINVAL'],
    [{ pool_id: pool, image_name: 'a', snap_name: 's', client_name: 'client.x' }, 'EINVAL'],
    [{ pool_id: pool, image_name: 'a', snap_name: 's', cluster_name: 'other' }, 'EOPNOTSUPP'],
    [{ pool_id: pool, image_name: 'a', snap_name: 'none' }, 'ENOENT'],
    [{ pool_id: pool, image_name: 'a', snap_id: 123456 }, 'ENOENT'],
    [{ pool_id: pool, image_name: 'none', snap_name: 's' }, 'ENOENT'],
    [{ pool_id: 99, image_name: 'a', snap_name: 's' }, 'ENOENT'],
  ] as const;
  for (const [fields, errno] of wrong) {
    const source = JSON.stringify({ type: 'native', ...fields });
    expect(bench.errno(importMigration(source, bench.io(), 'b')), source).toBe(ERRNO[errno]);
  }
});
