import { beforeEach, describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { byteStringOf } from '../../../../src/engine/base/utf8.ts';
import { clsRbdHeader as header, clsRbdMetadata as metadata } from '../../../../src/engine/codec/cls-rbd-methods.ts';
import { FEATURE, FLAG } from '../../../../src/engine/codec/rbd-types.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import { MemoryObject } from '../../../helpers/memory-object.ts';
import { recordedOmap } from '../codec/recorded.ts';

const GIB = 2 ** 30;
const IMAGE = { size: 100 * GIB, order: 22, features: 61, objectPrefix: 'rbd_data.1080d797c066', dataPoolId: -1 };
const HEAD = { snapId: NOSNAP };

let object: MemoryObject;
beforeEach(() => {
  object = new MemoryObject();
  // 6b02d4e6 seconds and 28a45035 nanoseconds, cut to microseconds.
  object.clock_us = 0x6b02d4e6 * 1e6 + 681_857;
  object.call(header.create, IMAGE);
});

describe('create', () => {
  it('writes just the keys and values that were recorded in story-a, step 17', () => {
    const recorded = recordedOmap().filter(({ scenario, step }) => scenario === 'story-a' && step === 17);
    expect(object.keys()).toEqual(recorded.map(({ key }) => byteStringOf(key)).sort());
    for (const { key, value } of recorded) {
      const name = byteStringOf(key);
      const written = hexOf(object.value(name) ?? new Uint8Array());
      // Of the recorded times the nanoseconds below a microsecond go.
      if (name.endsWith('timestamp')) expect(written.slice(0, 8)).toBe(hexOf(value).slice(0, 8));
      else expect(written, name).toBe(hexOf(value));
    }
  });

  it('refuses what cls_rbd refuses', () => {
    const fresh = () => new MemoryObject();
    expect(object.errno(header.create, IMAGE)).toBe(ERRNO.EEXIST);
    expect(fresh().errno(header.create, { ...IMAGE, features: 4096 })).toBe(ERRNO.ENOSYS);
    expect(fresh().errno(header.create, { ...IMAGE, objectPrefix: '' })).toBe(ERRNO.EINVAL);
    expect(fresh().errno(header.create, { ...IMAGE, features: FEATURE.OPERATIONS })).toBe(ERRNO.EINVAL);
    expect(fresh().errno(header.create, { ...IMAGE, dataPoolId: 3 })).toBe(ERRNO.EINVAL);
    expect(fresh().errno(header.create, { ...IMAGE, features: 61 | FEATURE.DATA_POOL })).toBe(ERRNO.EINVAL);
  });

  it('keeps the data pool', () => {
    const other = new MemoryObject();
    other.call(header.create, { ...IMAGE, features: 61 | FEATURE.DATA_POOL, dataPoolId: 3 });
    expect(other.call(header.getDataPool, undefined)).toBe(3);
    expect(object.call(header.getDataPool, undefined)).toBe(-1);
  });
});

describe('the header', () => {
  it('is missing: ENOENT for everything', () => {
    const none = new MemoryObject();
    expect(none.errno(header.getSize, HEAD)).toBe(ERRNO.ENOENT);
    expect(none.errno(header.getFlags, HEAD)).toBe(ERRNO.ENOENT);
    expect(none.errno(header.setSize, { size: 1 })).toBe(ERRNO.ENOENT);
    expect(none.errno(header.setAccessTimestamp, undefined)).toBe(ERRNO.ENOENT);
  });

  it('has size, order, prefix, snap context and times', () => {
    expect(object.call(header.getSize, HEAD)).toEqual({ size: 100 * GIB, order: 22 });
    object.call(header.setSize, { size: GIB });
    expect(object.call(header.getSize, HEAD)).toEqual({ size: GIB, order: 22 });
    expect(object.call(header.getObjectPrefix, undefined)).toBe('rbd_data.1080d797c066');
    expect(object.call(header.getSnapContext, undefined)).toEqual({ seq: 0, snaps: [] });
    object.clock_us += 61e6;
    object.call(header.setModifyTimestamp, undefined);
    const made = object.call(header.getCreateTimestamp, undefined);
    expect(object.call(header.getAccessTimestamp, undefined)).toBe(made);
    expect(object.call(header.getModifyTimestamp, undefined)).toBe(made + 61e6);
  });

  it('changes only features that may change', () => {
    const set = (features: number, mask: number) => object.errno(header.setFeatures, { features, mask });
    expect(set(0, FEATURE.FAST_DIFF)).toBe(0);
    expect(set(FEATURE.JOURNALING, FEATURE.JOURNALING)).toBe(0);
    expect(set(0, FEATURE.DEEP_FLATTEN)).toBe(0);
    expect(set(FEATURE.DEEP_FLATTEN, FEATURE.DEEP_FLATTEN)).toBe(ERRNO.EINVAL);
    expect(set(0, FEATURE.LAYERING)).toBe(ERRNO.EINVAL);
    expect(set(FEATURE.OPERATIONS, FEATURE.OPERATIONS)).toBe(ERRNO.EINVAL);
    expect(object.call(header.getFeatures, { readOnly: false })).toEqual({ features: 77, incompatible: 77 });
    expect(object.call(header.getFeatures, { readOnly: true })).toEqual({ features: 77, incompatible: 1 });
  });

  it('has flags, of which the mask tells which to set', () => {
    object.call(header.setFlags, { snapId: NOSNAP, flags: 3, mask: FLAG.OBJECT_MAP_INVALID });
    expect(object.call(header.getFlags, HEAD)).toBe(1);
    object.call(header.setFlags, { snapId: NOSNAP, flags: 2, mask: 3 });
    expect(object.call(header.getFlags, HEAD)).toBe(2);
    expect(object.errno(header.getFlags, { snapId: 4 })).toBe(ERRNO.ENOENT);
  });

  it('sets the feature operations with the first op feature and clears it with the last', () => {
    object.call(header.opFeaturesSet, { opFeatures: 3, mask: 3 });
    expect(object.call(header.opFeaturesGet, undefined)).toBe(3);
    expect(object.call(header.getFeatures, { readOnly: false }).features).toBe(61 | FEATURE.OPERATIONS);
    object.call(header.opFeaturesSet, { opFeatures: 0, mask: 3 });
    expect(object.keys()).not.toContain('op_features');
    expect(object.call(header.getFeatures, { readOnly: false }).features).toBe(61);
    expect(object.errno(header.opFeaturesSet, { opFeatures: 16, mask: 16 })).toBe(ERRNO.EINVAL);
  });

  it('stripes only with the feature, and by a divisor of the object', () => {
    const striping = { stripeUnit: 65_536, stripeCount: 4 };
    expect(object.errno(header.setStripeUnitCount, striping)).toBe(ERRNO.ENOEXEC);
    expect(object.errno(header.getStripeUnitCount, undefined)).toBe(ERRNO.ENOEXEC);
    const striped = new MemoryObject();
    striped.call(header.create, { ...IMAGE, features: 61 | FEATURE.STRIPINGV2 });
    expect(striped.call(header.getStripeUnitCount, undefined)).toEqual({ stripeUnit: 2 ** 22, stripeCount: 1 });
    striped.call(header.setStripeUnitCount, striping);
    expect(striped.call(header.getStripeUnitCount, undefined)).toEqual(striping);
    expect(striped.errno(header.setStripeUnitCount, { stripeUnit: 3000, stripeCount: 1 })).toBe(ERRNO.EINVAL);
    expect(striped.errno(header.setStripeUnitCount, { stripeUnit: 0, stripeCount: 1 })).toBe(ERRNO.EINVAL);
  });

  it('keeps metadata', () => {
    const bytes = new Uint8Array([1, 2]);
    object.call(metadata.set, {
      entries: new Map([
        ['b', bytes],
        ['conf_rbd_cache', bytes],
      ]),
    });
    expect(object.call(metadata.list, { start: '', max: 0 })).toEqual([
      ['b', bytes],
      ['conf_rbd_cache', bytes],
    ]);
    expect(object.call(metadata.list, { start: 'b', max: 5 })).toEqual([['conf_rbd_cache', bytes]]);
    object.call(metadata.remove, { key: 'b' });
    expect(object.errno(metadata.get, { key: 'b' })).toBe(ERRNO.ENOENT);
    expect(object.call(metadata.get, { key: 'conf_rbd_cache' })).toEqual(bytes);
  });
});
