import { describe, expect, test } from 'vitest';
import { createOldImage } from '../../../../src/engine/librbd/old-format/create.ts';
import { CELL, type ClusterView, type ImageView } from '../../../../src/protocol/view.ts';
import { Projection } from '../../../../src/worker/projection/projection.ts';
import { MiB, RbdKit } from '../rbd-kit.ts';

/** Cells as letters: hole, own, parent, copied up, kept, zero, shared. */
const LETTERS = '.opckzs';

function lanes(view: ClusterView, name: string): Record<string, string> {
  const image = imageOf(view, name);
  return Object.fromEntries(
    image.lanes.map((lane) => [lane.name || 'head', [...lane.cells].map((cell) => LETTERS[cell]).join('')]),
  );
}

function imageOf(view: ClusterView, name: string): ImageView {
  const image = view.images.find((each) => each.name === name);
  if (image === undefined) throw new Error(`no image ${name}`);
  return image;
}

describe('images in the view', () => {
  test('a fresh image is all holes, and written objects are its own', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.create('img', 32 * MiB);
    expect(lanes(projection.view(), 'img')).toEqual({ head: '........' });
    kit.write('img', 0, 4 * MiB);
    kit.write('img', 13 * MiB, 2 * MiB);
    const view = projection.view();
    expect(lanes(view, 'img')).toEqual({ head: 'o..o....' });
    expect(imageOf(view, 'img')).toMatchObject({
      spec: 'p/img',
      poolName: 'p',
      size: 32 * MiB,
      order: 22,
      objectCount: 8,
      parent: null,
      watchers: 0,
      inTrash: false,
      usedBytes: 7 * MiB,
      features: ['layering', 'exclusive-lock', 'object-map', 'fast-diff', 'deep-flatten'],
    });
  });

  test('an image of format 1 has cells as others have', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.run(createOldImage(kit.io(), 'old', 16 * MiB));
    expect(lanes(projection.view(), 'old')).toEqual({ head: '....' });
    kit.write('old', 0, 8 * MiB);
    kit.plainSnap('old', 's');
    kit.write('old', 4 * MiB, MiB);
    const view = projection.view();
    expect(lanes(view, 'old')).toEqual({ head: 'oo..', s: 'sk..' });
    expect(imageOf(view, 'old')).toMatchObject({ spec: 'p/old', size: 16 * MiB, features: [], parent: null });
    expect(imageOf(view, 'old').prefix).toMatch(/^rb\.0\.[0-9a-f]+\.6b8b4567$/);
    kit.removeSnap('old', 's');
    kit.remove('old');
    expect(projection.view().images).toEqual([]);
  });

  test('a snapshot shares with the head until a write makes the OSD keep a clone', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.create('img', 16 * MiB);
    kit.write('img', 0, 12 * MiB);
    kit.plainSnap('img', 's1');
    expect(lanes(projection.view(), 'img')).toEqual({ head: 'ooo.', s1: 'sss.' });
    kit.write('img', 4 * MiB, MiB);
    kit.write('img', 12 * MiB, MiB);
    expect(lanes(projection.view(), 'img')).toEqual({ head: 'oooo', s1: 'sks.' });
    kit.plainSnap('img', 's2');
    kit.plainSnap('img', 's3');
    kit.write('img', 0, MiB);
    expect(lanes(projection.view(), 'img')).toEqual({ head: 'oooo', s3: 'ksss', s2: 'ssss', s1: 'sks.' });
    kit.rollback('img', 's1');
    kit.removeSnap('img', 's3');
    kit.removeSnap('img', 's2');
    kit.removeSnap('img', 's1');
    expect(lanes(projection.view(), 'img')).toEqual({ head: 'ooo.' });
  });

  test('a clone reads from its parent, copies up, and is on its own after flatten', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.create('base', 16 * MiB);
    kit.write('base', 0, 12 * MiB);
    kit.snap('base', 'gold');
    kit.clone('base', 'gold', 'vm');
    expect(lanes(projection.view(), 'vm')).toEqual({ head: 'ppp.' });
    expect(imageOf(projection.view(), 'vm').parent).toMatchObject({ spec: 'p/base@gold', overlap: 16 * MiB });
    kit.write('vm', 5 * MiB, 4096);
    kit.write('vm', 13 * MiB, 4096);
    expect(lanes(projection.view(), 'vm')).toEqual({ head: 'pcpo' });
    kit.discard('vm', 0, 4 * MiB);
    expect(lanes(projection.view(), 'vm')).toEqual({ head: 'zcpo' });
    kit.write('base', 0, 16 * MiB);
    expect(lanes(projection.view(), 'vm')).toEqual({ head: 'zcpo' });
    expect(lanes(projection.view(), 'base')).toEqual({ head: 'oooo', gold: 'kkk.' });
    expect(imageOf(projection.view(), 'base').lanes[1]).toMatchObject({ protected: true, snapId: 3 });
    kit.flatten('vm');
    expect(lanes(projection.view(), 'vm')).toEqual({ head: 'zooo' });
    expect(imageOf(projection.view(), 'vm').parent).toBeNull();
  });

  test('a chain of clones reads through to the end, through objects of another size too', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.create('a', 16 * MiB);
    kit.write('a', 0, MiB);
    kit.write('a', 9 * MiB, MiB);
    kit.snap('a', 's');
    kit.clone('a', 's', 'b');
    kit.snap('b', 's');
    kit.clone('b', 's', 'c');
    expect(lanes(projection.view(), 'c')).toEqual({ head: 'p.p.' });
    kit.resize('c', 8 * MiB);
    kit.resize('c', 16 * MiB);
    expect(lanes(projection.view(), 'c')).toEqual({ head: 'p...' });
    expect(imageOf(projection.view(), 'c').parent).toMatchObject({ overlap: 8 * MiB });
    kit.clone('b', 's', 'large', 23);
    expect(lanes(projection.view(), 'large')).toEqual({ head: 'pp' });
    kit.write('b', 4 * MiB, MiB);
    kit.write('large', 15 * MiB, 4096);
    expect(lanes(projection.view(), 'large')).toEqual({ head: 'pc' });
  });

  test('progress of a running operation comes from its events, and ends with the command', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.create('img', 16 * MiB);
    const { id } = imageOf(projection.view(), 'img');
    const event = { pool: 2, image: 'img', imageId: id, operation: 'flatten', done: 3, total: 8 };
    projection.note({ type: 'rbd/progressed', ...event });
    expect(imageOf(projection.view(), 'img').operation).toEqual({ name: 'flatten', done: 3, total: 8 });
    projection.settle();
    expect(imageOf(projection.view(), 'img').operation).toBeNull();
  });

  test('headers that a user has damaged hide the image and hurt nothing', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    kit.create('img', 16 * MiB);
    const { id } = imageOf(projection.view(), 'img');
    kit.run(kit.io().omapSet(`rbd_header.${id}`, new Map([['size' as never, new Uint8Array([1, 2])]])));
    expect(projection.view().images).toEqual([]);
  });
});

describe('the rest of the view', () => {
  test('counts of PGs, pools and OSDs are those that the monitor counts', () => {
    const kit = new RbdKit(32);
    const projection = new Projection(kit.cluster);
    kit.create('img', 64 * MiB);
    kit.write('img', 0, 40 * MiB);
    kit.plainSnap('img', 's');
    kit.write('img', 2 * MiB, 9 * MiB);
    const view = projection.view();
    for (const stat of kit.cluster.stats.pgStats()) {
      const shown = view.pgs.find(({ pgid }) => pgid === stat.pgid);
      const { pgid, state, up, acting, upPrimary, actingPrimary, objects, bytes } = stat;
      expect(shown).toMatchObject({ pgid, state, up, acting, upPrimary, actingPrimary, objects, bytes });
    }
    for (const osd of view.osds) expect(osd.bytes).toBe(kit.cluster.stats.osdUsages().get(osd.id)?.dataBytes);
    expect(view.pgs).toHaveLength(33);
    expect(view.osds.reduce((sum, { pgs }) => sum + pgs, 0)).toBe(33 * 3);
    expect(view.tree.map(({ name }) => name).slice(0, 3)).toEqual(['default', 'ceph1', 'osd.0']);
    expect(view.health).toEqual({ status: 'HEALTH_OK', checks: [] });
  });

  test('take gives what changed since the last take, and nothing else', () => {
    const kit = new RbdKit();
    const projection = new Projection(kit.cluster);
    expect(Object.keys(projection.take())).toHaveLength(10);
    expect(projection.take()).toEqual({});
    kit.create('first', 16 * MiB);
    expect(Object.keys(projection.take())).toContain('epoch');
    kit.create('img', 16 * MiB);
    expect(Object.keys(projection.take()).sort()).toEqual(['images', 'now_us', 'osds', 'pgs', 'pools'].sort());
    const before = imageOf(projection.view(), 'img').lanes[0]?.cells;
    kit.write('img', 0, MiB);
    projection.view();
    expect(Object.keys(projection.take()).sort()).toEqual(['images', 'now_us', 'osds', 'pgs', 'pools'].sort());
    expect([...(before ?? [])]).toEqual([CELL.hole, CELL.hole, CELL.hole, CELL.hole]);
  });
});
