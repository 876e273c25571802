import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfData } from '../../../../src/engine/base/data.ts';
import { type ImagePiece, readImages, writeImages } from '../../../../src/engine/librbd/io/image-io.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';
import { Bench, KIB, pattern } from './set-up.ts';

const OBJECT = 4 * KIB;
const SIZE = 16 * OBJECT;

/** The gaps before pieces, and their own lengths. */
const lengths = fc.array(fc.tuple(fc.nat(2 * OBJECT), fc.integer({ min: 1, max: 2 * OBJECT })), {
  minLength: 1,
  maxLength: 12,
});

/** Pieces in order that do not overlap. */
function piecesOf(parts: readonly (readonly [number, number])[]): ImagePiece[] {
  const out: ImagePiece[] = [];
  let at = 0;
  for (const [gap, length] of parts) {
    const off = at + gap;
    if (off + length > SIZE) break;
    out.push({ off, data: pattern(length, off + 1) });
    at = off + length;
  }
  return out;
}

test('what is written beside each other is as if it were written one by one, and the object map knows it', () => {
  fc.assert(
    fc.property(lengths, fc.constantFrom(1, 3, 4), (parts, stripeCount) => {
      const list = piecesOf(parts);
      const bench = new Bench();
      const layout = { order: 12, stripeUnit: stripeCount === 1 ? OBJECT : KIB, stripeCount };
      const [all, each] = ['all', 'each'].map((name) => bench.create(name, SIZE, layout));
      bench.with('all', (image) => writeImages(image, list));
      for (const { off, data } of list) bench.write('each', off, data);
      expect(bench.read('all')).toEqual(bench.read('each'));
      expect(bench.map(all ?? '')).toBe(bench.map(each ?? ''));
      const stretches = list.map(({ off, data }) => ({ off, len: data.length }));
      const read = bench.with('all', (image) => readImages(image, stretches), { readOnly: true });
      expect(read.map((data) => bytesOfData(data))).toEqual(list.map(({ data }) => bytesOfData(data)));
    }),
    propertyRuns(60),
  );
});
