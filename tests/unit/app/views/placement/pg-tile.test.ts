import { expect, test } from 'vitest';
import { isSameTile, type PgTileProps } from '../../../../../src/app/views/placement/pg-tile.tsx';
import { makeCluster } from '../../../../scene/fixtures/clusters.ts';

const view = makeCluster({ hosts: 3, osdsPerHost: 3, pools: [{ name: 'p', pgNum: 4, objects: 8 }], images: [] });
const [pg] = view.pgs;
if (pg === undefined) throw new Error('no PG');
const tile: PgTileProps = { pg, x: 0, y: 0, width: 40, height: 26, text: 'pgid', withOsds: false, most: 3 };

test('a PG that is sent anew and looks the same is not drawn anew', () => {
  expect(isSameTile(tile, { ...tile, pg: { ...pg, acting: [...pg.acting], bytes: pg.bytes + 1 } })).toBe(true);
});

test('whatever a tile shows makes it new', () => {
  const changes: readonly Partial<PgTileProps>[] = [
    { pg: { ...pg, objects: pg.objects + 1 } },
    { pg: { ...pg, state: 'active+undersized+degraded' } },
    { pg: { ...pg, acting: [...pg.acting].reverse() } },
    { pg: { ...pg, acting: pg.acting.slice(1) } },
    { most: 9 },
    { x: 4 },
    { height: 27 },
    { withOsds: true },
    { text: 'seed' },
  ];
  for (const change of changes) expect([change, isSameTile(tile, { ...tile, ...change })]).toEqual([change, false]);
});

test('an empty PG does not care how full the fullest is', () => {
  const empty = { ...tile, pg: { ...pg, objects: 0 } };
  expect(isSameTile(empty, { ...empty, most: 99 })).toBe(true);
});
