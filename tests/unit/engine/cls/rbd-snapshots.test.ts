import { beforeEach, describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import {
  clsRbdChildren as children,
  clsRbdHeader as header,
  clsRbdParent as parent,
  clsRbdSnapshot as snapshot,
} from '../../../../src/engine/codec/cls-rbd-methods.ts';
import { FEATURE, type ParentImageSpec, USER_NAMESPACE } from '../../../../src/engine/codec/rbd-types.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import { MemoryObject } from '../../../helpers/memory-object.ts';

const MIB = 2 ** 20;
const HEAD = { snapId: NOSNAP };
const PARENT: ParentImageSpec = { pool: 2, nspace: '', imageId: 'abc', snapId: 3 };
const CHILD = { pool: 2, nspace: '', imageId: 'kid' };

let object: MemoryObject;

function makeImage(features = 61): MemoryObject {
  const made = new MemoryObject();
  made.call(header.create, { size: 64 * MIB, order: 22, features, objectPrefix: 'rbd_data.1', dataPoolId: -1 });
  return made;
}

function add(snapId: number, name = `s${snapId}`, of = object): number {
  return of.errno(snapshot.add, { snapId, name, namespace: USER_NAMESPACE });
}

function opFeatures(of = object): number {
  return of.call(header.opFeaturesGet, undefined);
}

beforeEach(() => {
  object = makeImage();
});

describe('snapshots', () => {
  it('are added with the size of now, and the context tells them, newest first', () => {
    expect(add(3)).toBe(0);
    object.call(header.setSize, { size: 8 * MIB });
    expect(add(4)).toBe(0);
    expect(object.call(header.getSnapContext, undefined)).toEqual({ seq: 4, snaps: [4, 3] });
    expect(object.call(header.getSize, { snapId: 3 }).size).toBe(64 * MIB);
    expect(object.call(snapshot.get, { snapId: 4 })).toEqual({
      id: 4,
      namespace: USER_NAMESPACE,
      name: 's4',
      imageSize: 8 * MIB,
      timestamp_us: object.clock_us,
      childCount: 0,
    });
    expect(object.keys()).toContain('snapshot_0000000000000004');
  });

  it('refuse a name or id in use, and an id that is too old', () => {
    add(5, 'a');
    expect(add(6, 'a')).toBe(ERRNO.EEXIST);
    expect(add(5, 'b')).toBe(ERRNO.EEXIST);
    expect(add(4, 'b')).toBe(ERRNO.ESTALE);
    expect(add(NOSNAP, 'b')).toBe(ERRNO.EINVAL);
  });

  it('stop at the limit', () => {
    add(3);
    object.call(snapshot.setLimit, { limit: 2 });
    expect(object.call(snapshot.getLimit, undefined)).toBe(2);
    expect(add(4)).toBe(0);
    expect(add(5)).toBe(ERRNO.EDQUOT);
    expect(object.errno(snapshot.setLimit, { limit: 1 })).toBe(ERRNO.ERANGE);
    object.call(snapshot.setLimit, { limit: null });
    expect(object.call(snapshot.getLimit, undefined)).toBeNull();
    expect(add(5)).toBe(0);
  });

  it('are renamed', () => {
    add(3, 'a');
    add(4, 'b');
    expect(object.errno(snapshot.rename, { snapId: 3, name: 'b' })).toBe(ERRNO.EEXIST);
    expect(object.errno(snapshot.rename, { snapId: 9, name: 'c' })).toBe(ERRNO.ENOENT);
    object.call(snapshot.rename, { snapId: 3, name: 'c' });
    expect(object.call(snapshot.get, { snapId: 3 }).name).toBe('c');
  });

  it('are kept while protected, or while they have clones', () => {
    add(3);
    object.call(snapshot.setProtectionStatus, { snapId: 3, status: 'protected' });
    expect(object.call(snapshot.getProtectionStatus, { snapId: 3 })).toBe('protected');
    expect(object.errno(snapshot.remove, { snapId: 3 })).toBe(ERRNO.EBUSY);
    expect(object.errno(snapshot.trashAdd, { snapId: 3 })).toBe(ERRNO.EBUSY);
    object.call(snapshot.setProtectionStatus, { snapId: 3, status: 'unprotected' });
    object.call(children.attach, { snapId: 3, child: CHILD });
    expect(object.errno(snapshot.remove, { snapId: 3 })).toBe(ERRNO.EBUSY);
    object.call(children.detach, { snapId: 3, child: CHILD });
    object.call(snapshot.remove, { snapId: 3 });
    expect(object.errno(snapshot.remove, { snapId: 3 })).toBe(ERRNO.ENOENT);
    expect(object.errno(snapshot.getProtectionStatus, HEAD)).toBe(ERRNO.EINVAL);
  });

  it('cannot be protected without layering', () => {
    const flat = makeImage(0);
    add(3, 'a', flat);
    expect(flat.errno(snapshot.setProtectionStatus, { snapId: 3, status: 'protected' })).toBe(ERRNO.ENOEXEC);
  });

  it('go to the trash under a UUID, and the op feature goes with the last of them', () => {
    add(3, 'a');
    object.call(snapshot.trashAdd, { snapId: 3 });
    const info = object.call(snapshot.get, { snapId: 3 });
    expect(info.name).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(info.namespace).toEqual({ type: 'trash', originalName: 'a', originalType: 'user' });
    expect(opFeatures()).toBe(8);
    expect(object.errno(snapshot.trashAdd, { snapId: 3 })).toBe(ERRNO.EEXIST);
    expect(object.errno(snapshot.rename, { snapId: 3, name: 'x' })).toBe(ERRNO.EINVAL);
    expect(object.errno(children.attach, { snapId: 3, child: CHILD })).toBe(ERRNO.ENOENT);
    expect(add(4, 'a')).toBe(0);
    object.call(snapshot.remove, { snapId: 3 });
    expect(opFeatures()).toBe(0);
  });
});

describe('a clone', () => {
  const attach = (of: MemoryObject, overlap = 32 * MIB, spec = PARENT, reattach = false) =>
    of.errno(parent.attach, { parent: spec, overlap, reattach });

  it('has a parent, whose overlap is at most its own size and shrinks with it', () => {
    expect(object.call(parent.get, undefined)).toBeNull();
    expect(attach(object, 100 * MIB)).toBe(0);
    expect(object.call(parent.get, undefined)).toEqual(PARENT);
    expect(object.call(parent.overlapGet, HEAD)).toBe(64 * MIB);
    object.call(header.setSize, { size: 10 * MIB });
    object.call(header.setSize, { size: 64 * MIB });
    expect(object.call(parent.overlapGet, HEAD)).toBe(10 * MIB);
    expect(object.call(parent.getLegacy, HEAD)).toEqual({ parent: PARENT, overlap: 10 * MIB });
  });

  it('has one parent only', () => {
    attach(object);
    expect(attach(object)).toBe(ERRNO.EEXIST);
    expect(attach(object, MIB, PARENT, true)).toBe(0);
    expect(attach(makeImage(), 0)).toBe(ERRNO.EINVAL);
    expect(attach(makeImage(), MIB, { ...PARENT, imageId: '' })).toBe(ERRNO.EINVAL);
    expect(attach(makeImage(0))).toBe(ERRNO.ENOEXEC);
    expect(attach(new MemoryObject())).toBe(ERRNO.ENOENT);
  });

  it('hands its overlap to its snapshots', () => {
    attach(object);
    add(5);
    object.call(header.setSize, { size: MIB });
    expect(object.call(parent.overlapGet, { snapId: 5 })).toBe(32 * MIB);
    expect(object.call(parent.overlapGet, HEAD)).toBe(MIB);
    expect(object.call(parent.getLegacy, { snapId: 5 })).toEqual({ parent: PARENT, overlap: 32 * MIB });
  });

  it('with deep-flatten is detached with its snapshots', () => {
    attach(object);
    object.call(header.opFeaturesSet, { opFeatures: 2, mask: 2 });
    add(5);
    object.call(parent.detach, undefined);
    expect(object.call(parent.get, undefined)).toBeNull();
    expect(object.call(parent.overlapGet, { snapId: 5 })).toBeNull();
    expect(opFeatures()).toBe(0);
    expect(object.errno(parent.detach, undefined)).toBe(ERRNO.ENOENT);
  });

  it('without deep-flatten leaves its snapshots attached, until the last of them is removed', () => {
    const clone = makeImage(61 & ~FEATURE.DEEP_FLATTEN);
    attach(clone);
    clone.call(header.opFeaturesSet, { opFeatures: 2, mask: 2 });
    add(5, 'a', clone);
    clone.call(parent.detach, undefined);
    expect(clone.call(parent.get, undefined)).toEqual(PARENT);
    expect(clone.call(parent.overlapGet, HEAD)).toBeNull();
    expect(clone.call(parent.overlapGet, { snapId: 5 })).toBe(32 * MIB);
    expect(clone.errno(parent.detach, undefined)).toBe(ERRNO.ENOENT);
    expect(opFeatures(clone)).toBe(2);
    clone.call(snapshot.remove, { snapId: 5 });
    expect(clone.call(parent.get, undefined)).toBeNull();
    expect(clone.keys()).not.toContain('parent');
    expect(opFeatures(clone)).toBe(0);
  });

  it('in a namespace is nothing for the older ways', () => {
    attach(object, MIB, { ...PARENT, nspace: 'ns' });
    expect(object.errno(parent.getLegacy, HEAD)).toBe(ERRNO.EXDEV);
    expect(object.errno(parent.remove, undefined)).toBe(ERRNO.EXDEV);
    expect(object.errno(parent.detach, undefined)).toBe(0);
  });
});

describe('children', () => {
  it('of format 1 stand in rbd_children, which keeps no empty list', () => {
    const table = new MemoryObject();
    const of = { parent: PARENT };
    expect(table.errno(children.remove, { ...of, childId: 'b' })).toBe(ERRNO.ENOENT);
    table.call(children.add, { ...of, childId: 'b' });
    table.call(children.add, { ...of, childId: 'a' });
    expect(table.errno(children.add, { ...of, childId: 'a' })).toBe(ERRNO.EEXIST);
    expect(table.call(children.get, of)).toEqual(['a', 'b']);
    table.call(children.remove, { ...of, childId: 'b' });
    table.call(children.remove, { ...of, childId: 'a' });
    expect(table.omap.size).toBe(0);
    expect(table.exists()).toBe(true);
    expect(table.errno(children.get, of)).toBe(ERRNO.ENOENT);
  });

  it('of format 2 stand in the header, with a count in the snapshot and an op feature', () => {
    add(3);
    add(4);
    expect(object.errno(children.list, { snapId: 3 })).toBe(ERRNO.ENOENT);
    object.call(children.attach, { snapId: 3, child: { ...CHILD, imageId: 'z' } });
    object.call(children.attach, { snapId: 3, child: CHILD });
    expect(object.errno(children.attach, { snapId: 3, child: CHILD })).toBe(ERRNO.EEXIST);
    object.call(children.attach, { snapId: 4, child: CHILD });
    expect(object.call(children.list, { snapId: 3 })).toEqual([CHILD, { ...CHILD, imageId: 'z' }]);
    expect(object.call(snapshot.get, { snapId: 3 }).childCount).toBe(2);
    expect(object.call(header.getSnapContext, undefined).snaps).toEqual([4, 3]);
    object.call(children.detach, { snapId: 4, child: CHILD });
    expect(opFeatures()).toBe(1);
    expect(object.errno(children.detach, { snapId: 4, child: CHILD })).toBe(ERRNO.ENOENT);
    object.call(children.detach, { snapId: 3, child: CHILD });
    object.call(children.detach, { snapId: 3, child: { ...CHILD, imageId: 'z' } });
    expect(opFeatures()).toBe(0);
    expect(object.keys()).not.toContain('snap_children_0000000000000003');
  });
});
