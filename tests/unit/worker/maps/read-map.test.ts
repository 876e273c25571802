import { expect, test } from 'vitest';
import { programs } from '../../../../src/terminal/programs.ts';
import { MemoryStore } from '../../../../src/worker/store/memory-store.ts';
import { openSandbox, stateOf } from '../kit.ts';
import { newRoom } from './room-kit.ts';

test("the sandbox's own map opens with what its pools store, and the sandbox stays as it is", async () => {
  const { sandbox } = await openSandbox(new MemoryStore(), programs());
  await sandbox.run('ceph osd pool create images 16');
  await sandbox.run('head -c 100000 /dev/zero > f; rados -p images put object f');
  const { cluster } = sandbox.machine;
  const before = stateOf(cluster);
  const files = await sandbox.readMap();
  expect(stateOf(cluster)).toEqual(before);
  const room = newRoom();
  const result = await room.open(files, 'sandbox');
  if (!result.ok) throw new Error(result.error.message);
  const { report, room: view } = result;
  expect(report).toMatchObject({ kind: 'sandbox', leftOut: [], assumed: [] });
  const map = cluster.monitor.map();
  expect(view).toMatchObject({ epoch: map.epoch, fsid: map.fsid });
  const pool = view.pools.find(({ name }) => name === 'images');
  expect(pool).toMatchObject({ pgNum: 16, size: 3, stored_bytes: 100_000 });
  const pgid = await room.locate(pool?.id ?? 0, '', 'object');
  expect((await room.whyHere(pgid ?? '', 'before'))?.acting).toHaveLength(3);
});
