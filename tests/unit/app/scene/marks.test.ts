import { expect, test } from 'vitest';
import { CELL_KIND, CELL_KINDS, osdMark, osdWord, pgMark } from '../../../../src/app/scene/marks.ts';

test('the kinds of cell stand in the order of their numbers', () => {
  expect(CELL_KINDS).toHaveLength(Object.keys(CELL_KIND).length);
  for (const kind of CELL_KINDS) expect(CELL_KINDS[CELL_KIND[kind]]).toBe(kind);
});

test.each([
  ['active+clean', 'clean'],
  ['active+clean+scrubbing+deep', 'clean'],
  ['active+undersized+degraded', 'degraded'],
  ['active+undersized+degraded+remapped+backfill_wait', 'degraded'],
  ['active+clean+remapped', 'moving'],
  ['active+recovering', 'moving'],
  ['creating+peering', 'moving'],
  ['undersized+degraded+peered', 'down'],
  ['down', 'down'],
  ['incomplete', 'down'],
  ['stale+active+clean', 'down'],
])('a PG in state %s is drawn as %s', (state, mark) => {
  expect(pgMark(state)).toBe(mark);
});

test('up and in are two bits, and destroyed goes before both', () => {
  expect(osdMark({ up: true, in: true, destroyed: false })).toBe('in');
  expect(osdMark({ up: true, in: false, destroyed: false })).toBe('out');
  expect(osdMark({ up: false, in: true, destroyed: false })).toBe('down');
  expect(osdMark({ up: false, in: false, destroyed: true })).toBe('destroyed');
});

test('of an OSD that is down it is said whether it still counts', () => {
  expect(osdWord({ up: false, in: true, destroyed: false })).toBe('downIn');
  expect(osdWord({ up: false, in: false, destroyed: false })).toBe('downOut');
  expect(osdWord({ up: false, in: false, destroyed: true })).toBe('destroyed');
  expect(osdWord({ up: true, in: false, destroyed: false })).toBe('out');
});
