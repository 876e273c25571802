import { describe, expect, test } from 'vitest';
import { imageToObjects, objectCount, objectToImage } from '../../../../src/engine/librbd/io/striper.ts';

const PLAIN = { objectSize: 4096, stripeUnit: 4096, stripeCount: 1 };
const STRIPED = { objectSize: 4096, stripeUnit: 1024, stripeCount: 3 };

describe('stripes', () => {
  test('plain objects follow each other', () => {
    expect(imageToObjects(PLAIN, 4000, 200)).toEqual([
      { objectNo: 0, off: 4000, len: 96, parts: [{ off: 4000, len: 96 }] },
      { objectNo: 1, off: 0, len: 104, parts: [{ off: 4096, len: 104 }] },
    ]);
    expect([0, 1, 4096, 4097].map((size) => objectCount(PLAIN, size))).toEqual([0, 1, 1, 2]);
  });

  test('stripe units go round, and an object gets one extent', () => {
    const [first, second, third] = imageToObjects(STRIPED, 512, 4096);
    expect(first).toEqual({
      objectNo: 0,
      off: 512,
      len: 1536,
      parts: [
        { off: 512, len: 512 },
        { off: 3072, len: 1024 },
      ],
    });
    expect(second).toMatchObject({ objectNo: 1, off: 0, len: 1536 });
    expect(third).toMatchObject({ objectNo: 2, off: 0, len: 1024 });
  });

  test('an image that ends in its first stripe has no more objects than units', () => {
    expect([1, 1024, 1025, 3072, 3073, 12_288, 12_289].map((size) => objectCount(STRIPED, size))).toEqual([
      1, 1, 2, 3, 3, 3, 4,
    ]);
  });

  test('there and back, byte by byte', () => {
    for (let at = 0; at < 30_000; at += 7) {
      const [place] = imageToObjects(STRIPED, at, 1);
      expect(objectToImage(STRIPED, place?.objectNo ?? -1, place?.off ?? -1, 1)).toEqual([{ off: at, len: 1 }]);
    }
  });
});
