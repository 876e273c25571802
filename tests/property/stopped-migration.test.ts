import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesData } from '../../src/engine/base/data.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { deniedObjects, imageBytes, orphanObjects } from '../helpers/cluster-checks.ts';
import { TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const RUNS = 25;
const MOST_STEPS = 100_000;
const OBJECT = 16 * 1024;
const SIZE = 8 * OBJECT;
/** After that long, virtually, the watch of a dead client is gone. */
const WATCH_TIMEOUT_US = 31_000_000;

const FEATURES = ['', '--image-feature layering', '--image-feature layering,exclusive-lock'];
/** How the destination is to be. */
const SHAPES = ['', '--object-size 32K', '--object-size 8K --stripe-unit 8K --stripe-count 1', '--data-pool q'];

/** An image with snapshots, perhaps a clone, that is migrated from one pool to another. */
class Move {
  readonly machine = new TestMachine({ osds: 3, osdsPerHost: 1 }, true);
  readonly source: IoCtx;
  readonly dest: IoCtx;
  /** Of head ('') and snapshots. */
  readonly held = new Map<string, Uint8Array>([['', new Uint8Array(SIZE)]]);
  readonly prepare: string;
  #chance: number;

  constructor(features: string, shape: string, seed: number, choice: number) {
    this.#chance = seed;
    this.must('ceph osd pool create p 8; ceph osd pool create q 8; rbd pool init p; rbd pool init q');
    this.source = this.machine.cluster.connect().ioCtx('p');
    this.dest = this.machine.cluster.connect().ioCtx('q');
    this.must(`rbd create p/a --size ${SIZE}B --object-size 16K ${features}`);
    if (choice % 2 === 1) this.asClone(features);
    this.write(this.source, 'a', OBJECT + 5, 2 * OBJECT);
    if (choice % 3 > 0) this.snap('s');
    this.write(this.source, 'a', OBJECT + 100, 500);
    this.write(this.source, 'a', 6 * OBJECT, 300);
    if (choice % 3 > 1) this.snap('t');
    this.prepare = `rbd migration prepare p/a q/b ${shape}`;
  }

  asClone(features: string): void {
    this.must('rbd rm p/a --no-progress', `rbd create p/base --size ${SIZE}B --object-size 16K`);
    this.write(this.source, 'base', 0, 4 * OBJECT - 77);
    this.must('rbd snap create p/base@b', 'rbd snap protect p/base@b', `rbd clone p/base@b p/a ${features}`);
  }

  must(...lines: string[]): void {
    for (const line of lines) this.machine.must(line);
  }

  write(io: IoCtx, name: string, off: number, length: number): void {
    const bytes = new Uint8Array(length).map(() => {
      this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
      return this.#chance >>> 24;
    });
    this.machine.cluster.run(withImage(io, { name }, {}, (image) => writeImage(image, off, bytesData(bytes))));
    this.head().set(bytes, off);
  }

  snap(name: string): void {
    this.must(`rbd snap create p/a@${name}`);
    this.held.set(name, this.head().slice());
  }

  head(): Uint8Array {
    const head = this.held.get('');
    if (head === undefined) throw new Error('no head');
    return head;
  }

  /** Runs a line for a share of its steps, then drops it as Ctrl-C does; lets the dead client's watch time out. */
  stop(line: string, share: number): void {
    const { records } = this.machine.cluster;
    records.commit();
    const { steps } = this.machine.runSteps(line, MOST_STEPS);
    records.rollback();
    this.machine.resume();
    this.machine.runSteps(line, Math.round(share * steps));
    this.machine.cluster.advance(WATCH_TIMEOUT_US);
  }

  again(line: string, ...codes: number[]): void {
    const { code, err } = this.machine.run(line);
    expect({ line, code, err: codes.includes(code) ? '' : err }).toEqual({ line, code, err: '' });
  }

  expectHeld(io: IoCtx, name: string): void {
    for (const [snap, bytes] of this.held) {
      const read = imageBytes(this.machine.cluster, io, name, snap === '' ? undefined : snap);
      const at = read.length === bytes.length ? read.findIndex((byte, i) => byte !== bytes[i]) : bytes.length;
      expect({ name, snap, at }).toEqual({ name, snap, at: -1 });
    }
  }

  /** The destination is an image as any other, and nothing is left of its source. */
  expectMoved(): void {
    this.expectHeld(this.dest, 'b');
    expect(deniedObjects(this.machine.cluster, this.dest, 'b')).toEqual([]);
    expect(this.machine.must('rbd info q/b')).not.toContain('migrating');
    expect(this.machine.must('rbd ls p')).not.toContain('a\n');
    expect(this.machine.must('rbd trash ls --all p')).toBe('');
    this.expectNoOrphans();
  }

  expectNoOrphans(): void {
    expect([orphanObjects(this.machine.cluster, this.source), orphanObjects(this.machine.cluster, this.dest)]).toEqual([
      [],
      [],
    ]);
  }

  /** From the beginning to the end. */
  expectMoves(): void {
    this.must(this.prepare);
    this.expectHeld(this.dest, 'b');
    this.must('rbd migration execute q/b', 'rbd migration commit q/b');
    this.expectMoved();
  }
}

const stopped = fc.tuple(
  fc.constantFrom(...FEATURES),
  fc.constantFrom(...SHAPES),
  fc.nat(1000),
  fc.nat(1000).map((share) => share / 1000),
  fc.nat(1000),
);

function law(name: string, body: (move: Move, share: number, choice: number) => void): void {
  test(`MG1: ${name}`, () => {
    fc.assert(
      fc.property(stopped, ([features, shape, seed, share, choice]) =>
        body(new Move(features, shape, seed, choice), share, choice),
      ),
      propertyRuns(RUNS),
    );
  });
}

law('a preparation that is stopped can be given up, or has prepared', (move, share) => {
  move.stop(move.prepare, share);
  move.again('rbd migration abort p/a', 0, 22);
  move.expectHeld(move.source, 'a');
  move.expectNoOrphans();
  move.expectMoves();
});

law('an execution that is stopped goes on when it is run again', (move, share, choice) => {
  move.must(move.prepare);
  move.write(move.dest, 'b', 3 * OBJECT - 50, 100);
  move.write(move.dest, 'b', 7 * OBJECT, 9);
  move.stop('rbd migration execute q/b', share);
  if (choice % 5 === 0) move.write(move.dest, 'b', 4 * OBJECT, 2 * OBJECT);
  move.again('rbd migration execute q/b', 0, 22);
  move.expectHeld(move.dest, 'b');
  move.again('rbd migration commit q/b', 0);
  move.expectMoved();
});

law('a commit that is stopped is ended by the next', (move, share) => {
  move.must(move.prepare, 'rbd migration execute q/b');
  move.stop('rbd migration commit q/b', share);
  move.expectHeld(move.dest, 'b');
  move.again('rbd migration commit q/b', 0, 22);
  move.expectMoved();
});

law(
  'an abort that is stopped is ended by the next, with the name of the source; what was written stays',
  (move, share, choice) => {
    move.must(move.prepare);
    move.write(move.dest, 'b', 3 * OBJECT - 50, 100);
    if (choice % 2 === 0) move.must('rbd migration execute q/b');
    move.stop('rbd migration abort q/b', share);
    move.again('rbd migration abort p/a', 0, 22);
    move.expectHeld(move.source, 'a');
    expect(move.machine.must('rbd ls q')).toBe('');
    move.expectNoOrphans();
    move.expectMoves();
  },
);
