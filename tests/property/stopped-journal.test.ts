import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesData } from '../../src/engine/base/data.ts';
import { crc32c } from '../../src/engine/codec/crc32c.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { discardImage, readImage, writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { deniedObjects, differingReplicas, imageBytes } from '../helpers/cluster-checks.ts';
import { TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const RUNS = 60;
const MOST_STEPS = 100_000;
const KiB = 1024;
const OBJECT = 16 * KiB;
const SIZE = 6 * OBJECT;
/** After that long, virtually, the watch of a dead client is gone. */
const WATCH_TIMEOUT_US = 31_000_000;

const FEATURES = ['exclusive-lock,journaling', 'exclusive-lock,object-map,fast-diff,deep-flatten,journaling'];
/** One object of the journal after the other, all through one, or in objects that are soon full. */
const JOURNALS = ['', '--journal-splay-width 1', '--journal-splay-width 2 --journal-object-size 4K'];

/** What is stopped, of the clone `c` of `a@s` that has a snapshot `t`. */
const LINES = [
  'rbd snap create p/c@u',
  'rbd snap rm p/c@t',
  'rbd snap rename p/c@t p/c@w',
  'rbd snap protect p/c@t',
  'rbd snap unprotect p/c@prot',
  'rbd snap rollback p/c@t',
  'rbd snap limit set p/c --limit 9',
  'rbd image-meta set p/c key value',
  'rbd image-meta remove p/c there',
  `rbd resize p/c --size ${SIZE + 3 * OBJECT}B`,
  `rbd resize p/c --size ${OBJECT + 77}B --allow-shrink`,
  'rbd flatten p/c',
  'rbd rename p/c p/renamed',
  'rbd feature enable p/c object-map',
  'rbd feature disable p/c object-map,fast-diff',
];

interface Case {
  readonly machine: TestMachine;
  readonly io: IoCtx;
}

function setUp(features: string, journal: string): Case {
  const machine = new TestMachine({ osds: 4, osdsPerHost: 1 }, true);
  for (const line of ['ceph osd pool create p 8', 'rbd pool init p']) machine.must(line);
  const made: Case = { machine, io: machine.cluster.connect().ioCtx('p') };
  machine.must(`rbd create p/a --size ${SIZE}B --object-size 16K`);
  write(made, 'a', 100, OBJECT);
  write(made, 'a', 4 * OBJECT, 1000);
  for (const line of ['rbd snap create p/a@s', 'rbd snap protect p/a@s']) machine.must(line);
  machine.must(`rbd clone p/a@s p/c --object-size 16K --image-feature layering,${features} ${journal}`);
  write(made, 'c', 50, 100);
  for (const snap of ['t', 'prot']) machine.must(`rbd snap create p/c@${snap}`);
  machine.must('rbd snap protect p/c@prot');
  machine.must('rbd image-meta set p/c there 1');
  write(made, 'c', 2 * OBJECT - 10, OBJECT);
  return made;
}

function write({ machine, io }: Case, name: string, off: number, length: number): void {
  const bytes = new Uint8Array(length).map((_, i) => (i * 7 + off + 1) & 0xff);
  machine.cluster.run(withImage(io, { name }, {}, (image) => writeImage(image, off, bytesData(bytes))));
}

/** All that can be told of the clone, but times and what was done to have the journal played back. */
function stateOf({ machine, io }: Case): unknown {
  const name = machine.must('rbd ls p').includes('renamed') ? 'renamed' : 'c';
  const info: Record<string, unknown> = JSON.parse(machine.must(`rbd info p/${name} --format json`));
  const snaps: Record<string, unknown>[] = JSON.parse(machine.must(`rbd snap ls p/${name} --format json`));
  const { cluster } = machine;
  expect(differingReplicas(cluster, io.poolId)).toEqual([]);
  expect(deniedObjects(cluster, io, name)).toEqual([]);
  return {
    name,
    info: { ...info, modify_timestamp: '', access_timestamp: '' },
    meta: machine.must(`rbd image-meta ls p/${name} --format json`),
    snaps: snaps.map(({ timestamp: _, id: __, ...rest }) => rest),
    bytes: crc32c(0, imageBytes(cluster, io, name)),
    old: snaps.map(({ name: snap }) => crc32c(0, imageBytes(cluster, io, name, String(snap)))),
  };
}

/** Opens the clone for writing and reads: whoever does so has the journal played back. */
function playBack({ machine, io }: Case): void {
  machine.cluster.advance(WATCH_TIMEOUT_US);
  const name = machine.must('rbd ls p').split('\n').includes('c') ? 'c' : 'renamed';
  machine.cluster.run(withImage(io, { name }, {}, (image) => readImage(image, 0, 1)));
  machine.cluster.run(machine.cluster.settle(1_000_000_000));
}

const cases = fc.tuple(
  fc.constantFrom(...LINES),
  fc.constantFrom(...FEATURES),
  fc.constantFrom(...JOURNALS),
  fc.nat(1000).map((share) => share / 1000),
);

test('JO3: an operation that is stopped at any step is done, or was never begun, once the journal was played back', () => {
  fc.assert(
    fc.property(cases, ([line, features, journal, share]) => {
      if (line.startsWith('rbd feature enable') && features.includes('object-map')) return;
      if (line.startsWith('rbd feature disable') && !features.includes('object-map')) return;
      const made = setUp(features, journal);
      const { machine } = made;
      const { records } = machine.cluster;
      playBack(made);
      const before = stateOf(made);
      records.commit();
      const { steps, code } = machine.runSteps(line, MOST_STEPS);
      expect({ line, code }).toEqual({ line, code: 0 });
      machine.cluster.run(machine.cluster.settle(1_000_000_000));
      playBack(made);
      const after = stateOf(made);
      records.rollback();
      machine.resume();
      machine.runSteps(line, Math.round(share * steps));
      playBack(made);
      const state = stateOf(made);
      if (!isSame(state, before)) expect(state).toEqual(after);
    }),
    propertyRuns(RUNS),
  );
});

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

const changes = fc.array(
  fc.record({
    discard: fc.boolean(),
    off: fc.nat(SIZE - 1),
    length: fc.integer({ min: 1, max: 2 * OBJECT }),
    byte: fc.integer({ min: 1, max: 255 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test('JO3: of changes that are stopped at any step, the first ones are there once the journal was played back', () => {
  fc.assert(
    fc.property(
      changes,
      fc.constantFrom(...FEATURES),
      fc.constantFrom(...JOURNALS),
      fc.nat(400),
      (list, features, journal, steps) => {
        const made = setUp(features, journal);
        const states = [imageBytes(made.machine.cluster, made.io, 'c')];
        for (const { discard, off, length, byte } of list) {
          const next = (states.at(-1) ?? new Uint8Array()).slice();
          const end = Math.min(SIZE, off + length);
          if (discard) {
            // Of each object what reaches its end: it is cut off there.
            const whole = Math.floor(end / OBJECT) * OBJECT;
            if (whole > off) next.fill(0, off, whole);
          } else next.fill(byte, off, end);
          states.push(next);
        }
        const { cluster } = made.machine;
        const task = withImage(made.io, { name: 'c' }, {}, function* (image) {
          for (const { discard, off, length, byte } of list) {
            if (discard) yield* discardImage(image, off, length);
            else yield* writeImage(image, off, bytesData(new Uint8Array(Math.min(length, SIZE - off)).fill(byte)));
          }
        });
        for (let step = 0; step < steps; step++) if (cluster.step(task).kind !== 'ran') break;
        task.return(undefined);
        playBack(made);
        const read = imageBytes(cluster, made.io, 'c');
        const found = states.findIndex((state) => isEqual(state, read) || isPartOfLast(state, read, states));
        expect(found).toBeGreaterThanOrEqual(0);
        expect(differingReplicas(cluster, made.io.poolId)).toEqual([]);
        expect(deniedObjects(cluster, made.io, 'c')).toEqual([]);
      },
    ),
    propertyRuns(RUNS),
  );
});

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A long write is several entries, of which the first ones may be there: then every byte is of the one state or the next. */
function isPartOfLast(state: Uint8Array, read: Uint8Array, states: readonly Uint8Array[]): boolean {
  const next = states[states.indexOf(state) + 1];
  if (next === undefined) return false;
  const cut = read.findIndex((byte, i) => byte !== next[i]);
  return read.every((byte, i) => byte === (i < cut ? next[i] : state[i]));
}
