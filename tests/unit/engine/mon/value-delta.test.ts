import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deltaOf, withDelta } from '../../../../src/engine/mon/value-delta.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(0, 1, 2, 'a', 'b', null, true, undefined),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.constantFrom('a', 'b', 'c', '7'), tie('value'), { noNullPrototype: true }),
    fc
      .array(fc.tuple(fc.constantFrom(1, 2, 3, 'x'), tie('value')), { maxLength: 4 })
      .map((entries) => new Map(entries)),
    fc.uint8Array({ maxLength: 3 }),
  ),
}));

/** Maps as lists of entries: their order counts. */
function inOrder(of: unknown): unknown {
  if (of instanceof Map) return ['map', ...[...of].map(([key, each]) => [key, inOrder(each)])];
  if (Array.isArray(of)) return of.map(inOrder);
  if (typeof of !== 'object' || of === null || of instanceof Uint8Array) return of;
  return Object.fromEntries(Object.entries(of).map(([key, each]) => [key, inOrder(each)]));
}

test('any value comes out of any other by what tells them apart, and neither is touched', () => {
  fc.assert(
    fc.property(value, value, (from, to) => {
      const [a, b] = [JSON.stringify(inOrder(from)), JSON.stringify(inOrder(to))];
      const delta = deltaOf(from, to);
      const made = delta === undefined ? from : withDelta(from, delta);
      expect(inOrder(made)).toStrictEqual(inOrder(to));
      expect([JSON.stringify(inOrder(from)), JSON.stringify(inOrder(to))]).toEqual([a, b]);
    }),
    propertyRuns(300),
  );
});

test('what did not change is shared, and equal values have nothing between them', () => {
  const [left, right] = [{ deep: [1, 2] }, { deep: [1, 2] }];
  const delta = deltaOf(
    new Map([['kept', left]]),
    new Map<string, object>([
      ['kept', right],
      ['new', {}],
    ]),
  );
  expect(delta).toEqual({ kind: 'map', set: new Map([['new', { kind: 'is', value: {} }]]), gone: [] });
  expect(deltaOf(left, right)).toBeUndefined();
});
