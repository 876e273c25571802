import { expect, test } from 'vitest';
import { fillData } from '../../../../src/engine/base/data.ts';
import { FEATURE } from '../../../../src/engine/codec/rbd-types.ts';
import { FEATURES_DEFAULT } from '../../../../src/engine/librbd/features.ts';
import { discardImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { diffImage } from '../../../../src/engine/librbd/operation/diff.ts';
import { protectSnap } from '../../../../src/engine/librbd/operation/snap-protect.ts';
import { Bench, KIB } from './set-up.ts';

const OBJECT = 4 * KIB;
/** Objects that are written (+) and freed (-) before each snapshot, and at last behind them all. */
const STATES = ['+0 +1 +2 +3 +4', '+1 -2 +5 -3', '+3 +6 -5 -4 +2', '-3 -6 +7'];

function imageOfStates(features = FEATURES_DEFAULT): Bench {
  const bench = new Bench();
  bench.create('a', 10 * OBJECT, { order: 12, features });
  for (const [at, changes] of STATES.entries()) {
    for (const change of changes.split(' ')) {
      const off = Number(change.slice(1)) * OBJECT;
      if (change.startsWith('+')) bench.write('a', off, fillData(OBJECT, 7));
      else bench.with('a', (image) => discardImage(image, off, OBJECT));
    }
    if (at < 3) bench.snap('a', `s${at + 1}`);
  }
  return bench;
}

/** What differs, object by object: `1d` for data, `2z` for zeros; longer stretches with their length, `0d*4`. */
function diffText(bench: Bench, name: string, from: string | null, to: string, wholeObject = true): string {
  const options = to === '' ? { readOnly: true } : { snapName: to };
  const extents = bench.with(name, (image) => diffImage(image, from, { wholeObject }), options);
  const textOf = (len: number) => (len === OBJECT ? '' : `*${len / OBJECT}`);
  return extents
    .map(({ offset, length, exists }) => `${offset / OBJECT}${exists ? 'd' : 'z'}${textOf(length)}`)
    .join(' ');
}

// As `rbd diff --whole-object` of Ceph 20.2.4 told them.
const RECORDED: readonly (readonly [from: string | null, to: string, diff: string])[] = [
  [null, 's1', '0d 1d 2d 3d 4d'],
  [null, 's2', '0d 1d 4d 5d'],
  ['s1', 's2', '1d 2z 3z 5d'],
  [null, 's3', '0d 1d 2d 3d 6d'],
  ['s1', 's3', '1d 2d 3d 4z 6d'],
  ['s2', 's3', '2d 3d 4z 5z 6d'],
  [null, '', '0d 1d 2d 7d'],
  ['s1', '', '1d 2d 3z 4z 7d'],
  ['s2', '', '2d 4z 5z 7d'],
  ['s3', '', '3z 6z 7d'],
];

test('DiffRequest.cc process_object_map: what began as a hole is nothing until the end', () => {
  const bench = imageOfStates();
  const told = RECORDED.map(([from, to]) => [from, to, diffText(bench, 'a', from, to)]);
  expect(told).toEqual(RECORDED);
});

test('object maps and listings of snapshots tell the same of whole objects', () => {
  const bench = imageOfStates(FEATURES_DEFAULT & ~(FEATURE.FAST_DIFF | FEATURE.OBJECT_MAP));
  const told = RECORDED.map(([from, to]) => [from, to, diffText(bench, 'a', from, to)]);
  expect(told).toEqual(RECORDED);
});

test.each([
  ['from its object map', FEATURES_DEFAULT],
  ['object by object', FEATURE.LAYERING],
])('a clone of larger objects shows its parent’s objects as they are, told %s', (_, features) => {
  const bench = imageOfStates();
  bench.with('a', (image) => protectSnap(image, 's3'));
  bench.clone('a', 's3', 'c', { order: 14, features });
  expect(diffText(bench, 'c', null, '')).toBe('0d*4 6d');
  expect(diffText(bench, 'c', null, '', false)).toBe('0d*4 6d');
});
