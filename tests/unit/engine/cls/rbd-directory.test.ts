import { beforeEach, describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { bytesData, bytesOfData, fillData, holeData, overwriteData } from '../../../../src/engine/base/data.ts';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import {
  clsRbdData as data,
  clsRbdDirectory as directory,
  clsRbdId as id,
  clsRbdNamespace as namespace,
  clsRbdTrash as trash,
} from '../../../../src/engine/codec/cls-rbd-methods.ts';
import type { TrashImageSpec } from '../../../../src/engine/codec/rbd-types.ts';
import { MemoryObject } from '../../../helpers/memory-object.ts';
import { recordedData } from '../codec/recorded.ts';

const ALL = { start: '', max: 1000 };
let object: MemoryObject;
beforeEach(() => {
  object = new MemoryObject();
});

describe('rbd_directory', () => {
  const A = { name: 'a', id: '1' };
  const B = { name: 'b', id: '2' };

  it('pairs names and ids, and lists them by name', () => {
    object.call(directory.addImage, B);
    object.call(directory.addImage, A);
    expect(object.keys()).toEqual(['id_1', 'id_2', 'name_a', 'name_b']);
    expect(hexOf(object.value('name_a') ?? new Uint8Array())).toBe('0100000031');
    expect(object.call(directory.getId, { name: 'b' })).toBe('2');
    expect(object.call(directory.getName, { id: '1' })).toBe('a');
    expect(object.call(directory.list, ALL)).toEqual([A, B]);
    expect(object.call(directory.list, { start: 'a', max: 9 })).toEqual([B]);
    expect(object.call(directory.list, { start: '', max: 1 })).toEqual([A]);
  });

  it('refuses doubles and bad ids', () => {
    object.call(directory.addImage, A);
    expect(object.errno(directory.addImage, { name: 'a', id: '2' })).toBe(ERRNO.EEXIST);
    expect(object.errno(directory.addImage, { name: 'b', id: '1' })).toBe(ERRNO.EBADF);
    expect(object.errno(directory.addImage, { name: '', id: '2' })).toBe(ERRNO.EINVAL);
    expect(object.errno(directory.addImage, { name: 'b', id: 'x-y' })).toBe(ERRNO.EINVAL);
    expect(object.errno(directory.getId, { name: 'zz' })).toBe(ERRNO.ENOENT);
  });

  it('renames in one go', () => {
    object.call(directory.addImage, A);
    object.call(directory.addImage, B);
    expect(object.errno(directory.renameImage, { src: 'a', dest: 'b', id: '1' })).toBe(ERRNO.EEXIST);
    object.call(directory.removeImage, B);
    object.omapClear();
    object.call(directory.addImage, A);
    object.call(directory.renameImage, { src: 'a', dest: 'c', id: '1' });
    expect(object.call(directory.list, ALL)).toEqual([{ name: 'c', id: '1' }]);
    expect(object.call(directory.getName, { id: '1' })).toBe('c');
  });

  it('removes only a pair that belongs together', () => {
    object.call(directory.addImage, A);
    object.call(directory.addImage, B);
    expect(object.errno(directory.removeImage, { name: 'a', id: '2' })).toBe(ERRNO.ESTALE);
    expect(object.errno(directory.removeImage, { name: 'c', id: '2' })).toBe(ERRNO.ENOENT);
    object.call(directory.removeImage, A);
    expect(object.call(directory.list, ALL)).toEqual([B]);
  });

  it('can be closed to new images when it is empty', () => {
    expect(object.errno(directory.stateSet, { state: 'add-disabled' })).toBe(ERRNO.ENOENT);
    object.call(directory.addImage, A);
    expect(object.errno(directory.stateSet, { state: 'add-disabled' })).toBe(ERRNO.EBUSY);
    expect(object.errno(directory.stateAssert, { state: 'ready' })).toBe(ERRNO.ENOENT);
    object.call(directory.stateSet, { state: 'ready' });
    expect(object.errno(directory.stateAssert, { state: 'ready' })).toBe(0);
    object.call(directory.removeImage, A);
    object.call(directory.stateSet, { state: 'add-disabled' });
    expect(object.errno(directory.stateAssert, { state: 'ready' })).toBe(ERRNO.ENOENT);
    expect(hexOf(object.value('state') ?? new Uint8Array())).toBe('01');
  });
});

describe('rbd_id', () => {
  it('holds the id, as the recorded object does', () => {
    const [recorded] = recordedData().filter(({ oid }) => oid === 'rbd_id.image1');
    expect(object.errno(id.set, { id: '1080d797c066' })).toBe(ERRNO.ENOENT);
    object.create(true);
    expect(object.errno(id.get, undefined)).toBe(ERRNO.ENOENT);
    expect(object.errno(id.set, { id: 'no good' })).toBe(ERRNO.EINVAL);
    object.call(id.set, { id: '1080d797c066' });
    expect(hexOf(object.bytes())).toBe(hexOf(recorded?.data ?? new Uint8Array()));
    expect(object.call(id.get, undefined)).toBe('1080d797c066');
    expect(object.errno(id.set, { id: '1' })).toBe(ERRNO.EEXIST);
  });
});

describe('rbd_trash', () => {
  const SPEC: TrashImageSpec = { source: 'user', name: 'a', deletion_us: 5e12, defermentEnd_us: 6e12, state: 'normal' };

  it('keeps what an image was', () => {
    object.call(trash.add, { id: '1', spec: SPEC });
    expect(object.errno(trash.add, { id: '1', spec: SPEC })).toBe(ERRNO.EEXIST);
    expect(object.errno(trash.add, { id: '-', spec: SPEC })).toBe(ERRNO.EINVAL);
    expect(object.call(trash.get, { id: '1' })).toEqual(SPEC);
    expect(object.call(trash.list, ALL)).toEqual([['1', SPEC]]);
    expect(object.errno(trash.get, { id: '2' })).toBe(ERRNO.ENOENT);
    object.call(trash.remove, { id: '1' });
    expect(object.errno(trash.remove, { id: '1' })).toBe(ERRNO.ENOENT);
  });

  it('moves from state to state', () => {
    object.call(trash.add, { id: '1', spec: SPEC });
    const set = (state: 'removing' | 'restoring', expected: 'normal' | 'removing') =>
      object.errno(trash.stateSet, { id: '1', state, expected });
    expect(set('removing', 'normal')).toBe(0);
    expect(set('removing', 'normal')).toBe(0);
    expect(set('restoring', 'normal')).toBe(ERRNO.ESTALE);
    expect(object.call(trash.get, { id: '1' }).state).toBe('removing');
  });
});

describe('rbd_namespace', () => {
  it('lists names', () => {
    object.call(namespace.add, { name: 'b' });
    object.call(namespace.add, { name: 'a' });
    expect(object.errno(namespace.add, { name: 'a' })).toBe(ERRNO.EEXIST);
    expect(object.call(namespace.list, ALL)).toEqual(['a', 'b']);
    object.call(namespace.remove, { name: 'a' });
    expect(object.errno(namespace.remove, { name: 'a' })).toBe(ERRNO.ENOENT);
    expect(object.call(namespace.list, ALL)).toEqual(['b']);
  });
});

describe('copy-up', () => {
  it('writes the parent data where there is no object', () => {
    object.call(data.copyup, { data: bytesData(new Uint8Array([1, 2, 3])) });
    expect(hexOf(object.bytes())).toBe('010203');
    object.call(data.copyup, { data: bytesData(new Uint8Array([9])) });
    expect(hexOf(object.bytes())).toBe('010203');
  });

  it('does nothing to an object of size 0', () => {
    object.create(true);
    object.call(data.copyup, { data: fillData(10, 1) });
    expect(object.size()).toBe(0);
  });

  it('leaves holes where the sparse one has them, and creates the object for nothing at all', () => {
    const sparse = overwriteData(holeData(100), 10, fillData(5, 7));
    object.call(data.sparseCopyup, { data: sparse });
    expect(object.size()).toBe(15);
    expect(object.data?.extents.map(({ off, len }) => [off, len])).toEqual([[10, 5]]);
    expect(bytesOfData(object.read(10, 5))).toEqual(new Uint8Array(5).fill(7));
    const empty = new MemoryObject();
    empty.call(data.sparseCopyup, { data: holeData(50) });
    expect(empty.exists()).toBe(true);
    expect(empty.size()).toBe(0);
  });
});
