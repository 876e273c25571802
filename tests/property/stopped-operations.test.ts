import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesData } from '../../src/engine/base/data.ts';
import type { IoCtx } from '../../src/engine/librados/io-ctx.ts';
import { writeImage } from '../../src/engine/librbd/io/image-io.ts';
import { withImage } from '../../src/engine/librbd/open.ts';
import { deniedObjects, differingReplicas, imageBytes, orphanObjects } from '../helpers/cluster-checks.ts';
import { TestMachine } from '../helpers/machine.ts';
import { propertyRuns } from '../helpers/property-runs.ts';

const RUNS = 40;
const MOST_STEPS = 100_000;
const KiB = 1024;
const OBJECT = 16 * KiB;
const SIZE = 8 * OBJECT;
/** After that long, virtually, the watch of a dead client is gone. */
const WATCH_TIMEOUT_US = 31_000_000;

/** Features that images are made with. */
const FEATURES = [
  '',
  '--image-feature layering',
  '--image-feature layering,exclusive-lock',
  '--image-feature layering,exclusive-lock,object-map,fast-diff',
];

/** A machine with images, and what they should hold. */
class Yard {
  readonly machine = new TestMachine({ osds: 4, osdsPerHost: 1 }, true);
  readonly io: IoCtx;
  /** By image or snapshot, as `a` or `a@s`. */
  readonly held = new Map<string, Uint8Array>();
  readonly features: string;
  #chance: number;

  constructor(features: string, seed: number) {
    this.features = features;
    this.#chance = seed;
    this.must('ceph osd pool create p 8', 'rbd pool init p');
    this.io = this.machine.cluster.connect().ioCtx('p');
    this.must(`rbd create p/a --size ${SIZE}B --object-size 16K ${features}`);
    this.held.set('a', new Uint8Array(SIZE));
    for (const object of [0, 1, 3, 4, 7]) this.write('a', object * OBJECT + 5, OBJECT - 9);
  }

  must(...lines: string[]): void {
    for (const line of lines) this.machine.must(line);
  }

  /** Writes bytes of its own to an image, and notes them. */
  write(name: string, off: number, length: number): void {
    const bytes = new Uint8Array(length).map(() => {
      this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
      return this.#chance >>> 24;
    });
    const body = (image: Parameters<typeof writeImage>[0]) => writeImage(image, off, bytesData(bytes));
    this.machine.cluster.run(withImage(this.io, { name }, {}, body));
    this.of(name).set(bytes, off);
  }

  snap(name: string, snap: string): void {
    this.must(`rbd snap create p/${name}@${snap}`);
    this.held.set(`${name}@${snap}`, this.of(name).slice());
  }

  /** A clone of `a@s` that has written to some of its objects. */
  clone(): void {
    this.snap('a', 's');
    this.must('rbd snap protect p/a@s', `rbd clone p/a@s p/c ${this.features}`);
    this.held.set('c', this.of('a@s').slice());
    this.write('a', 10, 100);
    this.write('c', OBJECT + 100, 50);
    this.write('c', 5 * OBJECT, OBJECT + 10);
  }

  of(name: string): Uint8Array {
    const bytes = this.held.get(name);
    if (bytes === undefined) throw new Error(`no bytes known of ${name}`);
    return bytes;
  }

  /** Runs a line for a share of its steps, then drops it as Ctrl-C does. True where it had ended by then. */
  stop(line: string, share: number): boolean {
    const { records } = this.machine.cluster;
    records.commit();
    const { steps } = this.machine.runSteps(line, MOST_STEPS);
    records.rollback();
    this.machine.resume();
    const { code } = this.machine.runSteps(line, Math.round(share * steps));
    if (code !== null) expect(code).toBe(0);
    return code !== null;
  }

  wait(): void {
    this.machine.cluster.advance(WATCH_TIMEOUT_US);
  }

  /** The exit code of a line that must be one of those. */
  again(line: string, ...codes: number[]): number {
    const { code, out, err } = this.machine.run(line);
    expect({ line, code, text: codes.includes(code) ? '' : out + err }).toEqual({
      line,
      code: codes.includes(code) ? code : codes,
      text: '',
    });
    return code;
  }

  /** Every image and snapshot reads as it should. */
  expectHeld(...but: string[]): void {
    for (const [spec, bytes] of this.held) {
      if (but.includes(spec)) continue;
      const [name = '', snap] = spec.split('@');
      const read = imageBytes(this.machine.cluster, this.io, name, snap);
      expect({ spec, at: firstDifferent(read, bytes) }).toEqual({ spec, at: null });
    }
  }

  /** What must hold of the cluster at any time. */
  expectConsistent(...mapsBut: string[]): void {
    const { cluster } = this.machine;
    expect(differingReplicas(cluster, this.io.poolId)).toEqual([]);
    for (const name of this.held.keys()) {
      if (name.includes('@') || mapsBut.includes(name)) continue;
      expect({ name, denied: deniedObjects(cluster, this.io, name) }).toEqual({ name, denied: [] });
    }
  }

  /** Object maps say what is there, at the latest once they were made anew: a map may know more objects than there are. */
  expectMaps(): void {
    for (const name of this.held.keys()) {
      if (name.includes('@') || !/^$|object-map/.test(this.features)) continue;
      this.must(`rbd object-map check p/${name}`);
      if (this.machine.must(`rbd info p/${name}`).includes('invalid')) this.must(`rbd object-map rebuild p/${name}`);
      this.must(`rbd object-map check p/${name}`);
      expect(this.machine.must(`rbd info p/${name}`)).not.toContain('invalid');
    }
    this.expectHeld();
  }

  expectNoOrphans(): void {
    expect(orphanObjects(this.machine.cluster, this.io)).toEqual([]);
  }
}

function firstDifferent(a: Uint8Array, b: Uint8Array): number | null {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  const at = a.findIndex((byte, i) => byte !== b[i]);
  return at < 0 ? null : at;
}

/** Features, chance of the data, share of the steps until Ctrl-C, and a number for the case's own choices. */
const stopped = fc.tuple(
  fc.constantFrom(...FEATURES),
  fc.nat(1000),
  fc.nat(1000).map((share) => share / 1000),
  fc.nat(1000),
);

function law(name: string, body: (yard: Yard, share: number, choice: number) => void, runs = RUNS): void {
  test(`ST4: ${name}`, () => {
    fc.assert(
      fc.property(stopped, ([features, seed, share, choice]) => body(new Yard(features, seed), share, choice)),
      propertyRuns(runs),
    );
  });
}

law('a flatten that is stopped changes no byte, and goes on when it is run again', (yard, share, choice) => {
  yard.clone();
  if (choice % 2 === 1) yard.snap('c', 't');
  if (choice % 3 === 0) yard.write('c', 3 * OBJECT + 7, 20);
  const ended = yard.stop('rbd flatten p/c', share);
  yard.expectHeld();
  yard.expectConsistent();
  if (!ended) yard.again('rbd flatten p/c', 0, 22);
  yard.again('rbd flatten p/c', 22);
  yard.expectHeld();
  yard.expectConsistent();
  yard.expectMaps();
  if (yard.features === '' || choice % 2 === 0) yard.must('rbd snap unprotect p/a@s');
});

law('a removal that is stopped is ended by the next, and leaves no object', (yard, share, choice) => {
  if (choice % 2 === 0) yard.clone();
  const name = choice % 2 === 0 ? 'c' : 'a';
  const ended = yard.stop(`rbd rm p/${name}`, share);
  yard.held.delete(name);
  yard.expectHeld();
  yard.wait();
  yard.again(`rbd rm p/${name}`, ended ? 2 : 0, 2);
  yard.expectHeld();
  yard.expectConsistent();
  yard.expectNoOrphans();
  expect(yard.machine.must('rbd ls p')).not.toContain(name);
  if (name === 'c') yard.must('rbd snap unprotect p/a@s', 'rbd snap rm p/a@s');
});

law(
  'a removal right after one that was stopped finds the watch of the dead client',
  (yard) => {
    expect(yard.stop('rbd rm p/a', 0.5)).toBe(false);
    const { code, err } = yard.machine.run('rbd rm p/a');
    // 30 s later, which that command's own settling has let pass, the watch is gone.
    if (code !== 0) expect({ code, busy: err.includes('image still has watchers') }).toEqual({ code: 16, busy: true });
    yard.wait();
    yard.again('rbd rm p/a', 0, 2);
    yard.expectNoOrphans();
  },
  1,
);

law('a resize that is stopped is ended by the next', (yard, share, choice) => {
  if (choice % 3 > 0) yard.clone();
  const name = choice % 3 > 0 ? 'c' : 'a';
  if (choice % 3 === 2) yard.snap('c', 't');
  const size = [OBJECT + 77, 4 * OBJECT, 0, 12 * OBJECT + 5, 20 * OBJECT][choice % 5] ?? 0;
  const line = `rbd resize p/${name} --size ${size}B --allow-shrink`;
  const before = yard.of(name);
  yard.stop(line, share);
  yard.expectHeld(name);
  yard.expectConsistent();
  // 22: it has that size already.
  yard.again(line, 0, 22);
  const after = new Uint8Array(size);
  after.set(before.subarray(0, size));
  yard.held.set(name, after);
  yard.expectHeld();
  yard.again(`rbd resize p/${name} --size ${SIZE * 3}B`, 0);
  const grown = new Uint8Array(SIZE * 3);
  grown.set(after);
  yard.held.set(name, grown);
  yard.expectHeld();
  yard.expectConsistent();
  yard.expectMaps();
});

law('a rollback that is stopped is ended by the next', (yard, share, choice) => {
  if (choice % 2 === 0) yard.clone();
  const name = choice % 2 === 0 ? 'c' : 'a';
  yard.snap(name, 't');
  yard.write(name, 2 * OBJECT, 30);
  yard.write(name, OBJECT - 4, 8);
  if (choice % 3 === 0) {
    yard.must(`rbd resize p/${name} --size ${3 * OBJECT}B --allow-shrink`);
    yard.held.set(name, yard.of(name).slice(0, 3 * OBJECT));
  }
  const line = `rbd snap rollback p/${name}@t`;
  yard.stop(line, share);
  yard.expectHeld(name);
  yard.again(line, 0);
  yard.held.set(name, yard.of(`${name}@t`).slice());
  yard.expectHeld();
  // The map is brought back before the objects: what a rollback in mid-way left, it calls missing. As in Ceph.
  yard.expectConsistent(name);
});

law('a snapshot whose making is stopped is there or can be made, and holds what it should', (yard, share, choice) => {
  if (choice % 2 === 0) yard.clone();
  const name = choice % 2 === 0 ? 'c' : 'a';
  yard.stop(`rbd snap create p/${name}@t`, share);
  yard.expectHeld();
  yard.again(`rbd snap create p/${name}@t`, 0, 17);
  yard.held.set(`${name}@t`, yard.of(name).slice());
  yard.expectHeld();
  yard.write(name, 3 * OBJECT - 50, 100);
  yard.expectHeld();
  yard.expectConsistent();
});

law('a snapshot whose removal is stopped goes with the next, or with the image', (yard, share, choice) => {
  if (choice % 2 === 0) yard.clone();
  const name = choice % 2 === 0 ? 'c' : 'a';
  yard.snap(name, 't');
  yard.write(name, 0, 2 * OBJECT);
  yard.snap(name, 'u');
  yard.write(name, OBJECT, 2 * OBJECT);
  yard.stop(`rbd snap rm p/${name}@t`, share);
  yard.held.delete(`${name}@t`);
  yard.expectHeld();
  yard.again(`rbd snap rm p/${name}@t`, 0, 2);
  yard.expectHeld();
  yard.expectConsistent();
  yard.must(`rbd snap rm p/${name}@u`);
  yard.held.delete(`${name}@u`);
  yard.expectHeld();
  yard.wait();
  yard.held.delete(name);
  yard.must(
    ...(name === 'c' ? ['rbd rm p/c', 'rbd snap unprotect p/a@s', 'rbd snap rm p/a@s', 'rbd rm p/a'] : ['rbd rm p/a']),
  );
  yard.expectNoOrphans();
});

law('a clone whose making is stopped can be removed and made again', (yard, share, choice) => {
  yard.snap('a', 's');
  yard.must('rbd snap protect p/a@s');
  const format = `--rbd-default-clone-format ${1 + (choice % 2)}`;
  const ended = yard.stop(`rbd clone p/a@s p/c ${format}`, share);
  yard.expectHeld();
  yard.wait();
  yard.again('rbd rm p/c', 0, ended ? 0 : 2);
  yard.expectNoOrphans();
  yard.must(`rbd clone p/a@s p/c ${format}`);
  yard.held.set('c', yard.of('a').slice());
  yard.write('c', 100, 100);
  yard.expectHeld();
  yard.must('rbd rm p/c', 'rbd snap unprotect p/a@s');
});

law('a copy that is stopped leaves its source alone, and can be removed and made again', (yard, share, choice) => {
  if (choice % 2 === 0) yard.clone();
  const name = choice % 2 === 0 ? 'c' : 'a';
  const line = `rbd ${choice % 3 === 0 ? 'deep cp' : 'cp'} p/${name} p/b`;
  const ended = yard.stop(line, share);
  yard.expectHeld();
  yard.wait();
  yard.again('rbd snap purge p/b', 0, 2);
  yard.again('rbd rm p/b', 0, ended ? 0 : 2);
  yard.expectNoOrphans();
  yard.must(line);
  yard.held.set('b', yard.of(name).slice());
  yard.expectHeld();
  yard.expectConsistent();
  yard.expectMaps();
});

law('a move to the trash that is stopped is ended by the next', (yard, share) => {
  yard.stop('rbd trash mv p/a', share);
  yard.wait();
  yard.again('rbd trash mv p/a', 0, 2);
  const listed = yard.machine.must('rbd trash ls p');
  expect(listed).toMatch(/^\w+ a\n$/);
  expect(yard.machine.must('rbd ls p')).toBe('');
  yard.must(`rbd trash restore p/${listed.split(' ')[0]}`);
  yard.expectHeld();
  yard.expectConsistent();
});

law('a removal from the trash that is stopped is ended by the next', (yard, share) => {
  yard.must('rbd trash mv p/a');
  const id = yard.machine.must('rbd trash ls p').split(' ')[0];
  yard.held.clear();
  yard.stop(`rbd trash rm p/${id}`, share);
  yard.wait();
  yard.again(`rbd trash rm p/${id}`, 0, 2);
  expect(yard.machine.must('rbd trash ls p')).toBe('');
  yard.expectNoOrphans();
});

law('an import that is stopped can be removed and run again', (yard, share) => {
  const bytes = yard.of('a').slice(0, 5 * OBJECT + 300);
  yard.machine.shell.files.put('/root/f', bytesData(bytes));
  const line = `rbd import f p/i --object-size 16K ${yard.features}`;
  const ended = yard.stop(line, share);
  yard.expectHeld();
  yard.wait();
  yard.again('rbd rm p/i', 0, ended ? 0 : 2);
  yard.expectNoOrphans();
  yard.must(line);
  yard.held.set('i', bytes);
  yard.expectHeld();
  yard.expectConsistent();
  yard.expectMaps();
});

law('a bench that is stopped leaves an image that others can write', (yard, share, choice) => {
  yard.clone();
  const pattern = choice % 2 === 0 ? 'rand' : 'seq';
  const line = `rbd bench --io-type write p/c --io-size 3000 --io-total 60000 --io-pattern ${pattern} --pattern-byte 7`;
  const before = yard.of('c').slice();
  yard.stop(line, share);
  yard.expectHeld('c');
  yard.expectConsistent();
  const read = imageBytes(yard.machine.cluster, yard.io, 'c');
  read.forEach((byte, at) => {
    if (byte !== before[at] && byte !== 7) expect({ at, byte }).toEqual({ at, byte: before[at] });
  });
  yard.held.set('c', read);
  yard.write('c', 1000, 20_000);
  yard.must('rbd snap create p/c@t', line);
  yard.expectHeld('c');
  yard.expectConsistent();
  yard.held.set('c', imageBytes(yard.machine.cluster, yard.io, 'c'));
  yard.expectMaps();
});

law('a write to a device that is stopped leaves an image that others can write', (yard, share, choice) => {
  yard.clone();
  const device = yard.machine.must('rbd map p/c').trim();
  yard.machine.shell.files.put('/root/f', bytesData(new Uint8Array(6 * OBJECT).fill(9)));
  yard.stop(`dd if=f of=${device} bs=${[1000, 4096, OBJECT][choice % 3]} conv=notrunc`, share);
  yard.expectHeld('c');
  yard.expectConsistent();
  yard.held.set('c', imageBytes(yard.machine.cluster, yard.io, 'c'));
  yard.write('c', 1000, 20_000);
  yard.must(`dd if=f of=${device} bs=4096 count=1 conv=notrunc`);
  yard.of('c').fill(9, 0, 4096);
  yard.must('rbd snap create p/c@t', `rbd unmap ${device}`);
  yard.expectHeld();
  yard.expectConsistent();
  yard.expectMaps();
});

/** A group of two images, the second in a pool of its own. */
function groupOf(yard: Yard): void {
  yard.must(
    'ceph osd pool create q 8',
    'rbd pool init q',
    `rbd create q/b --size ${SIZE}B --object-size 16K ${yard.features}`,
  );
  yard.must('rbd group create p/g', 'rbd group image add p/g p/a', 'rbd group image add p/g q/b');
}

/** Every image's snapshots, those of groups and the trash too. */
function allSnaps(yard: Yard): string {
  return yard.machine.must('rbd snap ls --all p/a') + yard.machine.must('rbd snap ls --all q/b');
}

law('a group whose making is stopped is there or can be made', (yard, share) => {
  yard.stop('rbd group create p/g', share);
  yard.again('rbd group create p/g', 0, 17);
  yard.must('rbd group image add p/g p/a');
  expect(yard.machine.must('rbd group image ls p/g')).toBe('p/a \n');
  yard.must('rbd group rm p/g');
  expect(yard.machine.must('rbd group ls p')).toBe('');
});

law('an image is put into a group, and taken out, by the second run at the latest', (yard, share) => {
  yard.must('rbd group create p/g');
  yard.stop('rbd group image add p/g p/a', share);
  yard.again('rbd group image add p/g p/a', 0);
  expect(yard.machine.must('rbd group image ls p/g')).toBe('p/a \n');
  expect(yard.machine.must('rbd info p/a')).toContain('group: p/g');
  yard.again('rbd rm p/a', 31);
  yard.stop('rbd group image rm p/g p/a', share);
  yard.again('rbd group image rm p/g p/a', 0);
  expect(yard.machine.must('rbd info p/a')).not.toContain('group');
  yard.held.delete('a');
  yard.wait();
  yard.must('rbd rm p/a');
  yard.expectNoOrphans();
});

law('a group snapshot whose making is stopped goes by its name, and can be made again', (yard, share) => {
  groupOf(yard);
  yard.stop('rbd group snap create p/g@t', share);
  yard.expectHeld();
  yard.wait();
  if (yard.again('rbd group snap create p/g@t', 0, 17) === 17) {
    yard.must('rbd group snap rm p/g@t', 'rbd group snap create p/g@t');
  }
  expect(yard.machine.must('rbd group snap ls p/g')).toMatch(/^ID.*\n\S+ +t +complete\n$/);
  const before = yard.of('a').slice();
  yard.write('a', OBJECT - 5, 2 * OBJECT);
  yard.stop('rbd group snap rollback p/g@t', share);
  yard.expectHeld('a');
  yard.wait();
  yard.must('rbd group snap rollback p/g@t');
  yard.held.set('a', before);
  yard.expectHeld();
});

law('a group snapshot, and a group, whose removal is stopped goes with the next', (yard, share, choice) => {
  groupOf(yard);
  yard.must('rbd group snap create p/g@t', 'rbd group snap create p/g@u');
  const line = choice % 2 === 0 ? 'rbd group snap rm p/g@t' : 'rbd group rm p/g';
  yard.stop(line, share);
  yard.expectHeld();
  yard.wait();
  yard.again(line, 0, choice % 2 === 0 ? 2 : 0);
  yard.expectHeld();
  yard.expectConsistent();
  yard.must('rbd group rm p/g');
  // What was in the trash by then stays there until its image goes, as with any snapshot.
  expect(allSnaps(yard)).not.toMatch(/ group \(/);
  expect(yard.machine.must('rbd group ls p')).toBe('');
  yard.held.delete('a');
  yard.must('rbd rm p/a', 'rbd rm q/b');
  yard.expectNoOrphans();
});
