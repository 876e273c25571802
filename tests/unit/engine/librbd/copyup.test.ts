import { beforeAll, describe, expect, test } from 'vitest';
import type { TimedEvent } from '../../../../src/engine/base/events.ts';
import { discardImage } from '../../../../src/engine/librbd/io/image-io.ts';
import { flattenImage } from '../../../../src/engine/librbd/operation/flatten.ts';
import { Bench, MIB, pattern } from './set-up.ts';

const EXISTS = '1';

/** What a clone with snapshots of its own keeps, as recorded in `rbd-copyup-snaps`. */
describe('copy-up in a clone with snapshots', () => {
  const bench = new Bench();
  const events: TimedEvent[] = [];
  let id = '';
  const object = (no: number): string => `rbd_data.${id}.${no.toString(16).padStart(16, '0')}`;

  beforeAll(() => {
    bench.create('p', 16 * MIB);
    bench.write('p', 0, pattern(16 * MIB, 1));
    bench.snap('p', 's', true);
    id = bench.clone('p', 's', 'deep');
    bench.snap('deep', 'c1');
    bench.cluster.onEvent = (event) => events.push(event);
    bench.write('deep', 0, pattern(512, 2));
    bench.cluster.onEvent = null;
    bench.snap('deep', 'c2');
    bench.snap('deep', 'c3');
    bench.write('deep', 4 * MIB, pattern(512, 3));
    bench.write('deep', 8 * MIB, pattern(4 * MIB, 4));
    bench.with('deep', (image) => discardImage(image, 12 * MIB, 4 * MIB));
  });

  test('fact 25: the copy is written below the oldest snapshot, then the change', () => {
    expect(bench.listing(object(0))).toEqual(['4 4 4194304 [512~4193792]', 'head 4194304']);
    expect(bench.listing(object(1))).toEqual(['6 4,5,6 4194304 [512~4193792]', 'head 4194304']);
    expect(bench.listing(object(2))).toEqual(['6 4,5,6 4194304 []', 'head 4194304']);
  });

  test('fact 26: a discarded object stays empty, to hide the parent', () => {
    expect(bench.listing(object(3))).toEqual(['6 4,5,6 4194304 []', 'head 0']);
    expect(
      bench
        .read('deep')
        .subarray(12 * MIB)
        .every((byte) => byte === 0),
    ).toBe(true);
    expect(
      bench
        .read('deep', 'c1')
        .subarray(12 * MIB)
        .every((byte) => byte === 0),
    ).toBe(false);
  });

  test('object maps tell the first snapshot as changed, later ones as unchanged', () => {
    expect(bench.map(id, 4)).toBe('1111');
    expect(bench.map(id, 5)).toBe('1333');
    expect(bench.map(id, 6)).toBe('3333');
    expect(bench.map(id)).toBe('3111');
  });

  test('it is told of', () => {
    expect(events.map(({ event }) => event).filter(({ type }) => type.startsWith('rbd/'))).toEqual([
      { type: 'rbd/copied-up', objectNo: 0, parent: 'p/p@s', bytes: 4 * MIB, pool: 2, image: 'deep', imageId: id },
    ]);
  });

  test('fact 27: a flatten detaches the snapshots, too, and clones what they share', () => {
    const [head, oldest] = [bench.read('deep'), bench.read('deep', 'c1')];
    bench.with('deep', (image) => flattenImage(image));
    expect(bench.listing(object(0))).toEqual([
      '4 4 4194304 [512~4193792]',
      '6 5,6 4194304 [0~4194304]',
      'head 4194304',
    ]);
    expect(bench.map(id)).toBe(EXISTS.repeat(4));
    expect(
      bench.with('deep', function* (image) {
        return [image.header.parentSpec, ...image.header.snaps.map((snap) => snap.parentOverlap)];
      }),
    ).toEqual([null, null, null, null]);
    expect(Buffer.compare(bench.read('deep'), head)).toBe(0);
    expect(Buffer.compare(bench.read('deep', 'c1'), oldest)).toBe(0);
  });
});

describe('copy-up without snapshots', () => {
  test('takes only what the parent stores', () => {
    const bench = new Bench();
    bench.create('p', 16 * MIB);
    bench.write('p', 4 * MIB, pattern(4096, 1));
    bench.snap('p', 's', true);
    const id = bench.clone('p', 's', 'c');
    bench.write('c', 4 * MIB, pattern(512, 2));
    bench.write('c', 12 * MIB, pattern(512, 2));
    const size = (no: number): number => bench.run(bench.io().stat(`rbd_data.${id}.000000000000000${no}`)).size;
    expect([size(1), size(3)]).toEqual([4096, 512]);
    expect(bench.map(id)).toBe('0101');
  });

  test('a discard of a whole object makes an empty one, a full write does not read the parent', () => {
    const bench = new Bench();
    bench.create('p', 8 * MIB);
    bench.write('p', 0, pattern(8 * MIB, 1));
    bench.snap('p', 's', true);
    const id = bench.clone('p', 's', 'c');
    bench.with('c', (image) => discardImage(image, 0, 4 * MIB));
    bench.cluster.beginCommand();
    bench.write('c', 4 * MIB, pattern(4 * MIB, 2));
    expect(bench.cluster.cost.copyups).toBe(0);
    expect(bench.listing(`rbd_data.${id}.0000000000000000`)).toEqual(['head 0']);
    expect(bench.listing(`rbd_data.${id}.0000000000000001`)).toEqual(['head 4194304']);
  });
});
