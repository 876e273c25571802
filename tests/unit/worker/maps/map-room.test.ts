import { describe, expect, test } from 'vitest';
import { decodeOsdMap } from '../../../../src/engine/osdmap/decode.ts';
import type { OsdMap } from '../../../../src/engine/osdmap/osd-map.ts';
import { type MapRoomView, OSD_FLAG } from '../../../../src/protocol/maps.ts';
import type { RoomServer } from '../../../../src/worker/maps/room-server.ts';
import { caseFile, newRoom, opened, ran } from './room-kit.ts';

const osdmap = caseFile('choose-args', 'osdmap.bin');

function sum(counts: Iterable<number>): number {
  let total = 0;
  for (const count of counts) total += count;
  return total;
}

async function script(room: RoomServer): Promise<string> {
  return new TextDecoder().decode((await room.exportAs('commands')).bytes);
}

async function exportedMap(room: RoomServer): Promise<OsdMap> {
  return decodeOsdMap((await room.exportAs('osdmap')).bytes);
}

describe('edits', () => {
  test('an OSD that is taken out loses all its copies, and they are told from where to where', async () => {
    const room = newRoom();
    const before = await opened(room, osdmap);
    await room.setStored(1, 1e9);
    const { room: view, stderr } = await ran(room, 'ceph osd out 3');
    expect(stderr).toBe('marked out osd.3. \n');
    expect(view.edits).toEqual([{ line: 'ceph osd out 3', kind: 'command' }]);
    expect(view.osds.pgsBefore).toEqual(before.osds.pgsAfter);
    expect(view.osds.pgsAfter[3]).toBe(0);
    expect(view.osds.expected[3]).toBe(0);
    expect(sum(view.osds.expected)).toBeCloseTo(sum(view.pools.map(({ size, pgNum }) => size * pgNum)), 6);
    const { flows, pools } = view.moves;
    const copies = sum(pools.map((pool) => pool.copies));
    expect(sum(flows.copies)).toBe(copies);
    expect(copies).toBeGreaterThanOrEqual(before.osds.pgsAfter[3] ?? 0);
    const [pool] = view.pools;
    expect(pools[0]?.bytes).toBeCloseTo((1e9 * (pools[0]?.copies ?? 0)) / (pool?.pgNum ?? 1), 3);
    expect(sum(flows.bytes)).toBeCloseTo(pools[0]?.bytes ?? 0, 3);
  });

  test('a shard of an erasure pool has a k-th of what the pool stores', async () => {
    const room = newRoom();
    const view = await opened(room, caseFile('temps', 'osdmap.bin'));
    const pool = view.pools.find(({ name }) => name === 'ec');
    await room.setStored(pool?.id ?? 0, 1e9);
    const { moves } = (await ran(room, 'ceph osd out 0 1 2')).room;
    const moved = moves.pools.find(({ pool: id }) => id === pool?.id);
    expect(moved?.copies).toBeGreaterThan(0);
    expect(moved?.bytes).toBeCloseTo(((moved?.copies ?? 0) * 1e9) / 2 / (pool?.pgNum ?? 1), 3);
    expect(moved?.ratio).toBeCloseTo((moved?.copies ?? 0) / (4 * (pool?.pgNum ?? 1)), 9);
    expect(moves.pools.find(({ pool: id }) => id === 1)?.bytes).toBeNull();
  });

  test('a line that changes nothing is no edit; an edit drops what was undone', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    expect((await ran(room, 'ceph osd tree')).room.edits).toEqual([]);
    expect((await room.run('ceph osd crush reweight nobody 1')).room.edits).toEqual([]);
    await ran(room, 'ceph osd out 1');
    await ran(room, 'ceph osd out 2');
    expect((await room.undo()).undone).toBe(1);
    const { room: view } = await ran(room, 'ceph osd out 4');
    expect(view).toMatchObject({ undone: 0, edits: [{ line: 'ceph osd out 1' }, { line: 'ceph osd out 4' }] });
    expect((await room.redo()).edits.length).toBe(2);
  });

  test('twelve edits are undone and redone one by one', async () => {
    const room = newRoom();
    const views = [await opened(room, osdmap)];
    for (let osd = 0; osd < 12; osd++) views.push((await ran(room, `ceph osd reweight ${osd} 0.5`)).room);
    const pgs = ({ osds, epoch }: MapRoomView) => ({ epoch, pgs: osds.pgsAfter });
    for (const view of views.slice(0, -1).reverse()) expect(pgs(await room.undo())).toEqual(pgs(view));
    for (const view of views.slice(1)) expect(pgs(await room.redo())).toEqual(pgs(view));
    expect((await room.undo()).moves).toMatchObject({ pools: views.at(-2)?.moves.pools });
  });

  test('pg_num, size and rules: what the monitor does, and each PG has its copies', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    const [pool] = (await ran(room, 'ceph osd tree')).room.pools;
    const { room: view } = await ran(room, `ceph osd pool set ${pool?.name} pg_num ${2 * (pool?.pgNum ?? 0)}`);
    expect(view.pools[0]?.pgNum).toBe(2 * (pool?.pgNum ?? 0));
    const table = await room.pgs(pool?.id ?? 0);
    expect(table.after.length).toBe(2 * table.before.length);
    const made = await ran(room, 'ceph osd pool create more 16');
    expect(made.room.pools.map(({ name }) => name)).toContain('more');
    expect(made.room.moves.pools.map(({ pool: id }) => id)).toEqual(view.pools.map(({ id }) => id));
  });

  test('crushtool and files of the machine serve an edit, and stand in the script', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    await ran(room, 'ceph osd getcrushmap -o cm');
    await ran(room, 'crushtool -i cm --reweight-item osd.0 0.5 -o cm2');
    const { room: view } = await ran(room, 'ceph osd setcrushmap -i cm2');
    expect(view.edits.length).toBe(1);
    expect(view.osds.crushWeights[0]).toBe(0.5);
    expect(await script(room)).toMatch(/getcrushmap -o cm\ncrushtool .*\nceph osd setcrushmap -i cm2\n$/);
  });

  test.each([
    'rbd ls',
    'rados df',
    'ceph df',
    'ceph -s',
    'ceph health',
    'ceph osd df',
    'ceph pg dump',
  ])('%s says by name that there is no data', async (line) => {
    const room = newRoom();
    await opened(room, osdmap);
    const { exitCode, stdout, stderr } = await room.run(line);
    expect({ exitCode, stdout: stdout.trim() }).toEqual({ exitCode: 95, stdout: '' });
    expect(stderr).toMatch(/^(rbd|rados|ceph): .*a map alone/);
  });

  test('a line without end is stopped', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    const { exitCode, stderr } = await room.run('while true; do sleep 1; done');
    expect(exitCode).toBe(124);
    expect(stderr).toContain('stopped');
    expect((await ran(room, 'ceph osd out 1')).room.edits.length).toBe(1);
  });
});

describe('a line that takes long', () => {
  test('stops when it is told to, and the next one runs', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    const running = room.run('while true; do ceph osd tree > /dev/null; done');
    await new Promise((resolve) => setImmediate(resolve));
    await room.stop();
    const { exitCode, stderr } = await running;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '^C\n' });
    expect((await ran(room, 'ceph osd out 1')).room.edits.length).toBe(1);
  });

  test('stops between two rounds of the balancer, too', async () => {
    const room = newRoom();
    await opened(room, caseFile('big-10000', 'osdmap.bin'));
    await ran(room, 'ceph osd getmap -o m');
    const running = room.run('osdmaptool m --upmap - --upmap-max 100000 --upmap-deviation 1');
    await new Promise((resolve) => setImmediate(resolve));
    await room.stop();
    expect((await running).exitCode).toBe(130);
  });
});

test('programs explain themselves in the language of the page', async () => {
  const room = newRoom();
  await opened(room, osdmap);
  await room.speak('zh-CN');
  expect((await ran(room, 'crushtool --help')).stdout).toContain('把二进制的图打印为文本');
  await room.speak('en');
  expect((await ran(room, 'crushtool --help')).stdout).toContain('print a binary map as text');
});

describe('a new host', () => {
  test('has OSDs of the class near by, up and in, that take PGs', async () => {
    const room = newRoom();
    const brought = await opened(room, caseFile('classes', 'osdmap.bin'));
    const [root = ''] = brought.tree.names;
    const { room: view, exitCode } = await room.addHost('new-host', root, 3, 1.5);
    expect(exitCode).toBe(0);
    expect(view.edits).toMatchObject([{ kind: 'add-host' }]);
    const added = [...view.osds.flags.keys()].filter((id) => (view.osds.flags[id] ?? 0) & OSD_FLAG.added);
    expect(added.length).toBe(3);
    for (const id of added) {
      expect(view.osds.flags[id]).toBe(OSD_FLAG.exists | OSD_FLAG.up | OSD_FLAG.in | OSD_FLAG.added);
      expect(view.osds.crushWeights[id]).toBe(1.5);
      expect(view.osds.classNames[view.osds.classes[id] ?? 0]).not.toBe('');
      expect(view.osds.pgsAfter[id]).toBeGreaterThan(0);
      expect(view.osds.pgsBefore[id]).toBe(0);
    }
    const row = view.tree.names.indexOf('new-host');
    expect(view.tree.names[view.tree.parents[row] ?? -1]).toBe(root);
    const text = await script(room);
    expect(text).toContain(`ceph osd crush add osd.${added[0]} 1.5 host=new-host\n`);
    expect(text.indexOf('add-bucket')).toBeLessThan(text.indexOf('# deploy'));
    expect((await room.undo()).osds.flags.length).toBe(brought.osds.flags.length);
  });

  test('is refused without a place, and then nothing has changed', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    const { exitCode, stderr, room: view } = await room.addHost('h', 'nowhere', 3, 1);
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "there is no bucket 'nowhere'\n" });
    expect(view.edits).toEqual([]);
    expect((await room.addHost('a b', 'default', 3, 1)).exitCode).toBe(22);
    expect((await room.exportAs('osdmap')).bytes).toEqual(osdmap.bytes);
  });
});

describe('exports', () => {
  test.each([
    'simple-9',
    'upmaps',
    'choose-args',
    'temps',
    'mixed-algs',
  ])('%s: without edits each map is what was brought, byte for byte', async (name) => {
    const room = newRoom();
    await opened(room, caseFile(name, 'osdmap.bin'));
    expect((await room.exportAs('osdmap')).bytes).toEqual(caseFile(name, 'osdmap.bin').bytes);
    expect((await room.exportAs('crushmap')).bytes).toEqual(caseFile(name, 'crushmap.bin').bytes);
    expect((await room.exportAs('crushmap-text')).bytes).toEqual(caseFile(name, 'crush.txt').bytes);
  });

  test('the script, run on the map as it was brought, makes the edited map', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    const lines = ['ceph osd out 3', 'ceph osd crush reweight osd.5 0.25', 'ceph osd reweight 4 0.5; ceph osd in 3'];
    for (const line of lines) await ran(room, line);
    const text = await script(room);
    expect(text.startsWith('#!/bin/bash\n')).toBe(true);
    const other = newRoom();
    await opened(other, osdmap);
    // `set -e` is for the real cluster's shell.
    await ran(other, text.replace('set -e\n', ''));
    const [made, wanted] = [await exportedMap(other), await exportedMap(room)];
    expect({ ...made, modified_us: 0, extra: null }).toEqual({ ...wanted, modified_us: 0, extra: null });
  });
});

describe('questions', () => {
  test('why a PG is where it is, on both sides; null where there is none', async () => {
    const room = newRoom();
    const view = await opened(room, osdmap);
    const [pool] = view.pools;
    const pgid = await room.locate(pool?.id ?? 0, '', 'foo');
    if (pgid === null) throw new Error('no PG');
    const why = await room.whyHere(pgid, 'after');
    expect(why?.steps.at(-1)?.out).toEqual(why?.raw);
    await ran(room, `ceph osd out ${why?.acting[0]}`);
    expect(await room.whyHere(pgid, 'before')).toEqual(why);
    expect((await room.whyHere(pgid, 'after'))?.acting).not.toContain(why?.acting[0]);
    expect(await room.whyHere('77.0', 'after')).toBeNull();
    expect(await room.whyHere(`${pool?.id}.fffff`, 'after')).toBeNull();
    expect(await room.whyHere('nonsense', 'before')).toBeNull();
    expect(await room.locate(77, '', 'foo')).toBeNull();
  });
});
