import { describe, expect, test } from 'vitest';
import { bytesData } from '../../src/engine/base/data.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { differingReplicas, imageBytes, poolObjects } from '../helpers/cluster-checks.ts';
import { TestMachine } from '../helpers/machine.ts';

const MOST_STEPS = 100_000;
const KiB = 1024;
const OBJECT = 4 * KiB;
const SIZE = 6 * OBJECT;
/** Of long operations only so many of the steps are tried, evenly. */
const MOST_STOPS = 25;
/** After that long, virtually, the watch of a dead client is gone. */
const WATCH_TIMEOUT_US = 31_000_000;

/** A cluster with the image `a` of format 1, its snapshot `s`, and what both hold. */
class Yard {
  readonly machine = new TestMachine({ osds: 3, osdsPerHost: 1, profile: 'classic' }, true);
  readonly io: IoCtx;
  readonly before: Uint8Array;
  readonly after: Uint8Array;

  constructor() {
    this.must('ceph osd pool create p 8', `rbd create p/a --size ${SIZE}B --order 12`);
    this.io = this.machine.cluster.connect().ioCtx('p');
    for (const object of [0, 1, 3, 5]) this.write(object * OBJECT + 3, 900, object + 1);
    this.before = this.read('a');
    this.must('rbd snap create p/a@s');
    this.write(OBJECT - 10, 20, 77);
    this.write(4 * OBJECT, OBJECT, 78);
    this.after = this.read('a');
  }

  must(...lines: string[]): void {
    for (const line of lines) this.machine.must(line);
  }

  write(off: number, length: number, byte: number): void {
    const data = bytesData(new Uint8Array(length).fill(byte));
    this.machine.cluster.run(withImage(this.io, { name: 'a' }, {}, (image) => writeImage(image, off, data)));
  }

  read(name: string, snap?: string): Uint8Array {
    return imageBytes(this.machine.cluster, this.io, name, snap);
  }

  wait(): void {
    this.machine.cluster.advance(WATCH_TIMEOUT_US);
  }

  /** The exit code of a line that must be one of those. */
  again(line: string, ...codes: number[]): number {
    const { code, out, err } = this.machine.run(line);
    expect({ line, known: codes.includes(code), code, text: out + err }).toMatchObject({ known: true });
    return code;
  }

  expectConsistent(): void {
    expect(differingReplicas(this.machine.cluster, this.io.poolId)).toEqual([]);
  }

  names(): string[] {
    return poolObjects(this.machine.cluster, this.io.poolId).map(({ hoid }) => hoid.oid);
  }
}

/** Runs a line on a cluster of its own for each of its steps, drops it there, and asks what must hold then. */
function atEveryStep(line: string, body: (yard: Yard) => void, prepare: readonly string[] = []): void {
  const fresh = (): Yard => {
    const yard = new Yard();
    yard.must(...prepare);
    return yard;
  };
  const { steps } = fresh().machine.runSteps(line, MOST_STEPS);
  const stride = Math.max(1, Math.ceil(steps / MOST_STOPS));
  for (let stop = 0; stop < steps; stop += stride) {
    const yard = fresh();
    expect(yard.machine.runSteps(line, stop).code).toBe(null);
    yard.wait();
    body(yard);
    yard.expectConsistent();
  }
}

describe('ST4: what is stopped at any step of an operation on an image of format 1', () => {
  test('a creation is done by the same command again', () => {
    const line = `rbd create p/b --size ${SIZE}B --order 12`;
    atEveryStep(line, (yard) => {
      expect(yard.again(line, 0, 17)).toBeOneOf([0, 17]);
      expect(yard.read('b')).toEqual(new Uint8Array(SIZE));
      expect(yard.machine.must('rbd ls p')).toBe('a\nb\n');
      yard.must('rbd rm p/b');
      expect(yard.machine.must('rbd ls p')).toBe('a\n');
    });
  });

  test('a snapshot is there, or can be made', () => {
    atEveryStep('rbd snap create p/a@t', (yard) => {
      yard.again('rbd snap create p/a@t', 0, 17);
      yard.write(0, 100, 5);
      expect(yard.read('a', 't')).toEqual(yard.after);
      expect(yard.read('a', 's')).toEqual(yard.before);
    });
  });

  test('a snapshot goes with the next command', () => {
    atEveryStep('rbd snap rm p/a@s', (yard) => {
      yard.again('rbd snap rm p/a@s', 0, 2);
      expect(yard.read('a')).toEqual(yard.after);
      yard.must('rbd rm p/a');
      expect(yard.names()).toEqual(['rbd_directory']);
    });
  });

  test('a snapshot has one name or the other', () => {
    atEveryStep('rbd snap rename p/a@s p/a@t', (yard) => {
      yard.again('rbd snap rename p/a@s p/a@t', 0, 2);
      expect(yard.read('a', 't')).toEqual(yard.before);
    });
  });

  test('a rollback is ended by the next', () => {
    atEveryStep('rbd snap rollback p/a@s', (yard) => {
      expect(yard.read('a', 's')).toEqual(yard.before);
      yard.must('rbd snap rollback p/a@s');
      expect(yard.read('a')).toEqual(yard.before);
    });
  });

  test.each([OBJECT + 77, 0, 9 * OBJECT])('a resize to %d bytes is ended by the next', (size) => {
    const line = `rbd resize p/a --size ${size}B --allow-shrink`;
    atEveryStep(line, (yard) => {
      // 22: it has that size already.
      yard.again(line, 0, 22);
      const held = new Uint8Array(size);
      held.set(yard.after.subarray(0, size));
      expect(yard.read('a')).toEqual(held);
      expect(yard.read('a', 's')).toEqual(yard.before);
    });
  });

  test('a removal is ended by the next, and leaves no object', () => {
    const prepare = ['rbd snap rm p/a@s'];
    const body = (yard: Yard): void => {
      yard.again('rbd rm p/a', 0, 2);
      expect(yard.machine.must('rbd ls p')).toBe('');
      expect(yard.names()).toEqual(['rbd_directory']);
    };
    atEveryStep('rbd rm p/a', body, prepare);
  });

  test('an image has its old name, its new one, or for a moment both', () => {
    atEveryStep('rbd rename p/a p/b', (yard) => {
      // As in Ceph, the header that was written already stands in the way of another try.
      yard.again('rbd rename p/a p/b', 0, 2, 17);
      expect(yard.read('b')).toEqual(yard.after);
      expect(yard.read('b', 's')).toEqual(yard.before);
    });
  });

  test('a copy leaves its source alone, and can be removed and made again', () => {
    atEveryStep('rbd cp p/a p/b', (yard) => {
      expect(yard.read('a')).toEqual(yard.after);
      yard.again('rbd rm p/b', 0, 2);
      expect(yard.machine.must('rbd ls p')).toBe('a\n');
      yard.must('rbd cp p/a p/b');
      expect(yard.read('b')).toEqual(yard.after);
    });
  });
});
