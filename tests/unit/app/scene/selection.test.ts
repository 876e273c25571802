import { expect, test } from 'vitest';
import { headerName, imageOfObject, objectName } from '../../../../src/app/scene/object-names.ts';
import { cellSelection, isSameSelection, NOTHING_LIT, related } from '../../../../src/app/scene/selection.ts';
import { cells, lane, makeCluster, makeImage } from '../../../scene/fixtures/clusters.ts';
import { stories, storyImages } from '../../../scene/fixtures/stories.ts';

const view = stories.story?.() ?? makeCluster({ hosts: 3, osdsPerHost: 3, pools: [], images: [] });
const [cirros, vm1] = storyImages();
const placeAt = (pgid: string) => () => pgid;
const acting = view.pgs.find((pg) => pg.pgid === '3.1a')?.acting ?? [];

test('an object lights its cell, its PG and the OSDs of its PG, the primary first among them', () => {
  if (vm1?.lanes[0] === undefined) throw new Error('fixture');
  const lit = related(view, cellSelection(vm1, vm1.lanes[0], 1), placeAt('3.1a'));
  expect(lit.cells).toEqual([{ imageId: vm1.id, snap: null, objectNo: 1, role: 'self' }]);
  expect(lit.pgids).toEqual(['3.1a']);
  expect(lit.osds.map((osd) => osd.id)).toEqual(acting);
  expect(lit.osds.map((osd) => osd.role)).toEqual(['primary', 'replica', 'replica']);
  expect(lit.stored).toBe(true);
});

test('a cell that is read from the parent also lights the cell that answers, through the snapshot to the head', () => {
  if (vm1?.lanes[0] === undefined || cirros === undefined) throw new Error('fixture');
  const lit = related(view, cellSelection(vm1, vm1.lanes[0], 4), placeAt('3.1a'));
  expect(lit.cells[1]).toEqual({ imageId: cirros.id, snap: null, objectNo: 4, role: 'answers' });
  expect(lit.stored).toBe(false);
});

test('a snapshot cell that shares with the head is answered by the head; one that is kept answers for itself', () => {
  if (vm1?.lanes[1] === undefined) throw new Error('fixture');
  const shared = related(view, cellSelection(vm1, vm1.lanes[1], 0), placeAt('3.1a'));
  expect(shared.cells.map((it) => it.snap)).toEqual([7, null]);
  const kept = related(view, cellSelection(vm1, vm1.lanes[1], 2), placeAt('3.1a'));
  expect(kept.cells).toHaveLength(1);
});

test('a PG lights its OSDs, an OSD lights its PGs, and nothing lights nothing', () => {
  expect(related(view, { kind: 'pg', pgid: '3.1a' }, () => null).osds).toHaveLength(3);
  const lit = related(view, { kind: 'osd', id: 3 }, () => null);
  expect(lit.pgids).toEqual(view.pgs.filter((pg) => pg.acting.includes(3)).map((pg) => pg.pgid));
  expect(related(view, null, () => null)).toBe(NOTHING_LIT);
});

test('names of objects lead back to their image and number', () => {
  if (vm1 === undefined) throw new Error('fixture');
  const oid = objectName(vm1, 0x1f);
  expect(oid).toBe('rbd_data.10b5c13fc28a.000000000000001f');
  expect(imageOfObject(view.images, 3, oid)).toEqual({ image: view.images[1], objectNo: 0x1f });
  expect(imageOfObject(view.images, 2, oid)).toBeNull();
  expect(imageOfObject(view.images, 3, headerName(vm1))?.objectNo).toBeNull();
  expect(imageOfObject(view.images, 3, 'rbd_object_map.10b5c13fc28a.0000000000000007')?.image.spec).toBe(
    'vms/vm1_disk',
  );
  expect(imageOfObject(view.images, 3, 'rbd_directory')).toBeNull();
});

test('an object in a clone with smaller objects is answered by the larger one of its parent', () => {
  const parent = makeImage({
    spec: 'images/p',
    id: 'p',
    pool: 2,
    lanes: [lane('', null, cells('oo', 2)), lane('s', 4, cells('ss', 2))],
  });
  const link = { spec: 'images/p@s', pool: 2, imageId: 'p', snapId: 4, overlap: 8 * 2 ** 20 };
  const child = {
    ...makeImage({ spec: 'vms/c', id: 'c', pool: 3, parent: link, lanes: [lane('', null, cells('pppp', 4))] }),
    order: 21,
  };
  const small = { ...view, images: [parent, child] };
  if (child.lanes[0] === undefined) throw new Error('fixture');
  const lit = related(small, cellSelection(child, child.lanes[0], 3), () => null);
  expect(lit.cells[1]).toEqual({ imageId: 'p', snap: null, objectNo: 1, role: 'answers' });
});

test('two selections of the same object are the same, whatever else they carry', () => {
  const one = { kind: 'object', pool: 3, nspace: '', oid: 'a', snap: null } as const;
  expect(isSameSelection(one, { ...one, imageId: 'x', objectNo: 1 })).toBe(true);
  expect(isSameSelection(one, { ...one, snap: 4 })).toBe(false);
  expect(isSameSelection(one, null)).toBe(false);
  expect(isSameSelection({ kind: 'pg', pgid: '1.0' }, { kind: 'osd', id: 1 })).toBe(false);
});
