import { describe, expect, test } from 'vitest';
import type { MapError, MapFile } from '../../../../src/protocol/maps.ts';
import type { RoomServer } from '../../../../src/worker/maps/room-server.ts';
import { crushCases, hasCaseFile } from '../../../helpers/crush-cases.ts';
import { caseFile, newRoom, opened } from './room-kit.ts';

const cases = crushCases().filter((name) => name !== 'big-10000' && hasCaseFile(name, 'dump.json'));

function text(name: string, content: string): MapFile {
  return { name, bytes: new TextEncoder().encode(content) };
}

async function refused(room: RoomServer, ...files: MapFile[]): Promise<MapError> {
  const result = await room.open(files);
  if (result.ok) throw new Error('it was opened');
  return result.error;
}

describe('the same map in other forms', () => {
  test.each(cases)('%s: osd dump with a crushmap, binary or text, gives the PGs of the binary map', async (name) => {
    const room = newRoom();
    const view = await opened(room, caseFile(name, 'osdmap.bin'));
    const tables = await Promise.all(view.pools.map(({ id }) => room.pgs(id)));
    for (const crush of ['crushmap.bin', 'crush.txt', 'crush_dump.json']) {
      const other = newRoom();
      const result = await other.open([caseFile(name, crush), caseFile(name, 'dump.json')]);
      if (!result.ok) throw new Error(`${crush}: ${result.error.message}`);
      expect(result.report.kind).toBe('osd-dump');
      expect(result.room.pools).toEqual(view.pools);
      for (const table of tables) expect(await other.pgs(table.pool)).toEqual(table);
    }
  });
});

describe('a crushmap alone', () => {
  test.each(['crushmap.bin', 'crush.txt'])('%s: its pools are made up, and that is said', async (file) => {
    const room = newRoom();
    const result = await room.open([caseFile('classes', file)]);
    if (!result.ok) throw new Error(result.error.message);
    const { report, room: view } = result;
    expect(report.kind).toBe('crushmap');
    expect(report.assumed).toContainEqual({ code: 'pools-made-up', count: view.rules.length });
    expect(report.assumed.find(({ code }) => code === 'osds-up-and-in')?.count).toBeGreaterThan(5);
    expect(view.pools.map(({ name }) => name)).toEqual(view.rules.map(({ name }) => name));
    expect(view.pools.every(({ pgNum }) => pgNum >= 32 && Math.log2(pgNum) % 1 === 0)).toBe(true);
    const copies = view.osds.pgsAfter.reduce((sum, count) => sum + count, 0);
    expect(copies).toBeGreaterThan(0);
    expect(copies).toBeLessThanOrEqual(view.pools.reduce((sum, { size, pgNum }) => sum + size * pgNum, 0));
  });
});

describe('statistics beside a map', () => {
  const df = text('df.json', '{"stats":{},"pools":[{"id":1,"stats":{"stored":3000}},{"id":77,"stats":{"stored":5}}]}');

  test('tell what pools store; a pool that is not there is left out', async () => {
    const result = await newRoom().open([caseFile('simple-9', 'osdmap.bin'), df]);
    if (!result.ok) throw new Error(result.error.message);
    expect(result.room.pools.find(({ id }) => id === 1)?.stored_bytes).toBe(3000);
    expect(result.report.leftOut).toEqual([{ code: 'bytes-of-unknown-pool', count: 1 }]);
    expect(result.report.files.map(({ readAs }) => readAs)).toEqual(['osdmap', 'df-json']);
  });

  test('without a map are no map', async () => {
    expect(await refused(newRoom(), df)).toMatchObject({ code: 'incomplete', file: 'df.json' });
  });
});

describe('what cannot be read', () => {
  const osdmap = caseFile('simple-9', 'osdmap.bin');

  test('leaves what was open, edits and all', async () => {
    const room = newRoom();
    await opened(room, osdmap);
    await room.run('ceph osd crush reweight osd.1 2');
    const cut = { name: 'cut', bytes: osdmap.bytes.slice(0, 700) };
    expect(await refused(room, cut)).toMatchObject({ code: 'truncated', file: 'cut' });
    expect((await room.setStored(1, 5)).edits).toEqual([{ line: 'ceph osd crush reweight osd.1 2', kind: 'command' }]);
  });

  test('a flipped byte is told with its place', async () => {
    const bytes = osdmap.bytes.slice();
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 0xff;
    const error = await refused(newRoom(), { name: 'flipped', bytes });
    expect(error.code).toBe('corrupt');
    expect(error.offset).toBeGreaterThan(0);
  });

  test('an osd dump needs its crushmap', async () => {
    const error = await refused(newRoom(), caseFile('simple-9', 'dump.json'));
    expect(error).toMatchObject({ code: 'incomplete', file: 'dump.json' });
  });

  test('text that does not compile is told with its line', async () => {
    const error = await refused(
      newRoom(),
      text('map.txt', 'device 0 osd.0\ntype 0 osd\ntype 1 host\nhost a {\n\tnonsense -1\n}\n'),
    );
    expect(error).toMatchObject({ code: 'syntax', file: 'map.txt' });
    expect(error.message).toContain('map.txt:3 error: parse error');
  });

  test('a picture is no map', async () => {
    const room = newRoom();
    const picture = { name: 'a.png', bytes: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10) };
    expect(await room.sniff(picture)).toBe(false);
    expect(await room.sniff(osdmap)).toBe(true);
    expect(await refused(room, osdmap, picture)).toMatchObject({ code: 'not-a-map', file: 'a.png' });
  });

  test('five files, one of more than 32 MiB, or more than 64 MiB in all, are too large', async () => {
    const large = { name: 'large', bytes: new Uint8Array(32 * 1024 * 1024 + 1) };
    expect(await refused(newRoom(), large)).toMatchObject({ code: 'too-large', file: 'large' });
    const third = { name: 'third', bytes: new Uint8Array(22 * 1024 * 1024) };
    expect(await refused(newRoom(), third, third, third)).toMatchObject({ code: 'too-large', file: 'third' });
    expect((await refused(newRoom(), osdmap, osdmap, osdmap, osdmap, osdmap)).code).toBe('too-large');
  });
});
