import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CRUSH_ITEM_NONE } from '../../../src/engine/crush/crush-map.ts';
import { decodeOsdMap } from '../../../src/engine/osdmap/decode.ts';
import type { OsdMap, PgPool } from '../../../src/engine/osdmap/osd-map.ts';
import { mapPg, stableMask, stableMod } from '../../../src/engine/osdmap/placement.ts';
import type { MapRoomView } from '../../../src/protocol/maps.ts';
import type { RoomServer } from '../../../src/worker/maps/room-server.ts';
import { propertyRuns } from '../../helpers/property-runs.ts';
import { caseFile, newRoom, opened } from '../../unit/worker/maps/room-kit.ts';

const CASES = ['upmaps', 'temps', 'mixed-algs', 'choose-args', 'reweights', 'holes'];

/** Edits by what is in the map: some of them are refused, as people's are. */
function linesFor(map: OsdMap): fc.Arbitrary<string> {
  const osd = fc.nat(map.maxOsd - 1);
  const pools = [...map.pools.values()];
  const pool = fc.constantFrom(...pools);
  const bucket = fc.constantFrom(...[...map.crush.names].flatMap(([id, name]) => (id < 0 ? [name] : [])));
  const rules = [...map.crush.rules.values()].map(({ name }) => name);
  const share = fc.integer({ min: 0, max: 20 }).map((n) => n / 20);
  return fc.oneof(
    osd.map((id) => `ceph osd out ${id}`),
    osd.map((id) => `ceph osd in ${id}`),
    osd.map((id) => `ceph osd down ${id}`),
    fc.tuple(osd, share).map(([id, weight]) => `ceph osd reweight ${id} ${weight}`),
    fc.tuple(osd, share).map(([id, weight]) => `ceph osd crush reweight osd.${id} ${weight * 4}`),
    fc.tuple(osd, share).map(([id, weight]) => `ceph osd primary-affinity ${id} ${weight}`),
    fc.tuple(pool, fc.integer({ min: 1, max: 130 })).map(([{ name }, n]) => `ceph osd pool set ${name} pg_num ${n}`),
    fc.tuple(pool, fc.integer({ min: 2, max: 5 })).map(([{ name }, n]) => `ceph osd pool set ${name} size ${n}`),
    fc.tuple(pool, fc.constantFrom(...rules)).map(([{ name }, rule]) => `ceph osd pool set ${name} crush_rule ${rule}`),
    fc.tuple(bucket, bucket).map(([a, b]) => `ceph osd crush move ${a} root=${b}`),
    osd.map((id) => `ceph osd crush rm osd.${id}`),
    fc.tuple(pool, osd, osd).map(([{ id }, a, b]) => `ceph osd pg-upmap-items ${id}.1 ${a} ${b}`),
  );
}

/** Up sets by seed, by the plain mapper. */
function placed(map: OsdMap, pool: PgPool): number[][] {
  return Array.from({ length: pool.pgNum }, (_, seed) => [...mapPg(map, pool, seed).up]);
}

function seedIn(part: number, pgNum: number): number {
  return part < pgNum ? part : stableMod(part, pgNum, stableMask(pgNum));
}

/** What has to be copied, counted the long way: of erasure pools place by place, of others by who is new. */
function countMoves(before: OsdMap, after: OsdMap, was: PgPool, now: PgPool): { pgs: number; copies: number } {
  const [old, fresh] = [placed(before, was), placed(after, now)];
  let [pgs, copies] = [0, 0];
  for (let part = 0; part < Math.max(was.pgNum, now.pgNum); part++) {
    const from = old[seedIn(part, was.pgNum)] ?? [];
    const to = fresh[seedIn(part, now.pgNum)] ?? [];
    const filled = to.filter((osd) => osd !== CRUSH_ITEM_NONE);
    if (now.type === 'erasure') {
      const changed = [...from.keys()].some((at) => from[at] !== to[at]);
      if (changed) pgs++;
      copies += to.filter((osd, at) => osd !== CRUSH_ITEM_NONE && osd !== from[at]).length;
    } else {
      if ([...from].sort().join() !== [...to].sort().join()) pgs++;
      copies += filled.filter((osd) => !from.includes(osd)).length;
    }
  }
  return { pgs, copies };
}

async function exportedMap(room: RoomServer): Promise<OsdMap> {
  return decodeOsdMap((await room.exportAs('osdmap')).bytes);
}

async function checkMoves(room: RoomServer, before: OsdMap, view: MapRoomView): Promise<void> {
  const after = await exportedMap(room);
  const expected = [...after.pools.values()].flatMap((now) => {
    const was = before.pools.get(now.id);
    return was === undefined ? [] : [{ pool: now.id, ...countMoves(before, after, was, now) }];
  });
  expect(view.moves.pools.map(({ pool, pgs, copies }) => ({ pool, pgs, copies }))).toEqual(expected);
  const flows = view.moves.flows.copies.reduce((sum, copies) => sum + copies, 0);
  if (view.moves.flows.copies.length < 2000) {
    expect(flows).toBe(expected.reduce((sum, { copies }) => sum + copies, 0));
  }
  for (const now of after.pools.values()) {
    const table = await room.pgs(now.id);
    const rows = Array.from({ length: table.pgNumAfter }, (_, seed) =>
      [...table.after.subarray(seed * table.size, (seed + 1) * table.size)].filter((osd) => osd !== CRUSH_ITEM_NONE),
    );
    const wanted = placed(after, now).map((up) => up.filter((osd) => osd !== CRUSH_ITEM_NONE));
    expect(rows).toEqual(wanted);
  }
}

/** A view without what mapping cost, which differs from time to time. */
function shown(view: MapRoomView): unknown {
  const { moves, undone: _, ...rest } = view;
  return { ...rest, pools: view.pools, moves: { pools: moves.pools, flows: moves.flows } };
}

describe('edits of a brought map', () => {
  test.each(CASES)('%s: what moves is what the plain mapper says; undo and redo bring back each view', async (name) => {
    const file = caseFile(name, 'osdmap.bin');
    const before = decodeOsdMap(file.bytes);
    await fc.assert(
      fc.asyncProperty(fc.array(linesFor(before), { minLength: 1, maxLength: 5 }), async (lines) => {
        const room = newRoom();
        const views = [await opened(room, file)];
        for (const line of lines) {
          const { room: view } = await room.run(line);
          if (view.edits.length === views.length) views.push(view);
          await checkMoves(room, before, view);
        }
        for (const view of views.slice(0, -1).reverse()) expect(shown(await room.undo())).toEqual(shown(view));
        expect((await room.exportAs('osdmap')).bytes).toEqual(file.bytes);
        for (const view of views.slice(1)) expect(shown(await room.redo())).toEqual(shown(view));
      }),
      propertyRuns(4),
    );
  });
});
