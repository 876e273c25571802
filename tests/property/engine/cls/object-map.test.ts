import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ERRNO } from '../../../../src/engine/base/errno.ts';
import { bitAt, makeBitVector } from '../../../../src/engine/codec/bit-vector.ts';
import { clsRbdObjectMap as methods } from '../../../../src/engine/codec/cls-rbd-methods.ts';
import { encodeObjectMap } from '../../../../src/engine/codec/object-map-codec.ts';
import { MemoryObject } from '../../../helpers/memory-object.ts';

const EXISTS = 1;
const EXISTS_CLEAN = 3;

type Step =
  | { op: 'resize'; count: number; state: number }
  | { op: 'update'; start: number; len: number; state: number; current: number | null }
  | { op: 'snap-add' }
  | { op: 'snap-remove' };

const SIZE = fc.oneof(fc.nat(40), fc.constantFrom(16_383, 16_384, 16_385, 33_000, 40_000));
const STATE = fc.integer({ min: 0, max: 3 });
const STEP: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ op: fc.constant('resize' as const), count: SIZE, state: fc.constantFrom(0, 0, 1) }),
  fc.record({
    op: fc.constant('update' as const),
    start: SIZE,
    len: fc.oneof(fc.nat(5), SIZE),
    state: STATE,
    current: fc.option(STATE),
  }),
  fc.constant({ op: 'snap-add' as const }),
  fc.constant({ op: 'snap-remove' as const }),
);

/** The same as a plain array, with nothing packed. */
class Model {
  states: number[] = [];
  snap: number[] = [];

  resize(count: number, state: number): number {
    if (this.states.slice(count).some((one) => one !== state)) return ERRNO.ESTALE;
    this.states = Array.from({ length: count }, (_, i) => this.states[i] ?? state);
    return 0;
  }

  update(start: number, end: number, state: number, current: number | null): number {
    if (start >= end || end > this.states.length) return ERRNO.ERANGE;
    this.states = this.states.map((one, i) => {
      const fits = current === null || one === current || (current === EXISTS && one === EXISTS_CLEAN);
      return i >= start && i < end && fits ? state : one;
    });
    return 0;
  }

  snapAdd(): void {
    this.snap = this.states;
    this.states = this.states.map((one) => (one === EXISTS ? EXISTS_CLEAN : one));
  }

  snapRemove(): void {
    this.states = this.states.map((one, i) =>
      one === EXISTS_CLEAN && (i >= this.snap.length || this.snap[i] === EXISTS) ? EXISTS : one,
    );
  }
}

function run(object: MemoryObject, model: Model, step: Step): void {
  if (step.op === 'resize') {
    const input = { objectCount: step.count, defaultState: step.state };
    expect(object.errno(methods.resize, input)).toBe(model.resize(step.count, step.state));
  } else if (step.op === 'update') {
    const { start, len, state: newState, current: currentState } = step;
    const expected = model.update(start, start + len, newState, currentState);
    expect(object.errno(methods.update, { start, end: start + len, newState, currentState })).toBe(expected);
  } else if (step.op === 'snap-add') {
    object.call(methods.snapAdd, undefined);
    model.snapAdd();
  } else {
    const snap = makeBitVector(model.snap.length);
    model.snap.forEach((state, i) => {
      snap.bytes[i >> 2] = (snap.bytes[i >> 2] ?? 0) | (state << (6 - 2 * (i & 3)));
    });
    object.call(methods.snapRemove, { map: snap });
    model.snapRemove();
  }
}

describe('the object map', () => {
  it('does what a plain array does, and is the same bytes as one written whole', () => {
    fc.assert(
      fc.property(fc.array(STEP, { maxLength: 12 }), (steps) => {
        const object = new MemoryObject();
        const model = new Model();
        run(object, model, { op: 'resize', count: 20, state: 0 });
        for (const step of steps) run(object, model, step);
        const map = object.call(methods.load, undefined);
        expect(Array.from({ length: map.size }, (_, i) => bitAt(map, i))).toEqual(model.states);
        expect(object.bytes()).toEqual(encodeObjectMap(map));
      }),
      { numRuns: 150 },
    );
  });

  it('writes one block of 4 KiB and its CRC to change one object of 25,600', () => {
    const object = new MemoryObject();
    object.call(methods.resize, { objectCount: 25_600, defaultState: 0 });
    object.writes = [];
    object.call(methods.update, { start: 100, end: 101, newState: 1, currentState: null });
    object.call(methods.update, { start: 20_000, end: 20_001, newState: 1, currentState: null });
    object.call(methods.update, { start: 20_000, end: 20_001, newState: 1, currentState: null });
    expect(object.writes).toEqual([
      { off: 18, len: 4096 },
      { off: 18 + 6400 + 12, len: 4 },
      { off: 18 + 4096, len: 6400 - 4096 },
      { off: 18 + 6400 + 16, len: 4 },
    ]);
  });

  it('is refused where a CRC is wrong, where it is missing and where it would be too large', () => {
    const object = new MemoryObject();
    const update = { start: 0, end: 1, newState: 1, currentState: null };
    expect(object.errno(methods.update, update)).toBe(ERRNO.ENOENT);
    expect(object.errno(methods.load, undefined)).toBe(ERRNO.ENOENT);
    expect(object.errno(methods.resize, { objectCount: 256_000_001, defaultState: 0 })).toBe(ERRNO.EINVAL);
    object.call(methods.resize, { objectCount: 8, defaultState: 0 });
    object.zero(24, 1);
    object.writeFull({ ...object.read(0, 36), extents: [] });
    expect(object.errno(methods.load, undefined)).toBe(ERRNO.EINVAL);
  });
});
