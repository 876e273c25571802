import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CephError } from '../../../src/engine/base/errno.ts';
import { type Diff, reverse } from '../../../src/engine/base/records.ts';
import { createPool } from '../../../src/engine/mon/pool-create.ts';
import { removePool } from '../../../src/engine/mon/pool-remove.ts';
import { Projection } from '../../../src/worker/projection/projection.ts';
import { MiB, RbdKit } from '../../unit/worker/rbd-kit.ts';

const image = fc.constantFrom('a', 'b', 'c');
const snap = fc.constantFrom('s1', 's2');
const place = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 9 }));

type Step = (kit: RbdKit) => void;

/** What may happen to a cluster; what Ceph would refuse is refused, and changes nothing or little. */
const steps: fc.Arbitrary<readonly [name: string, step: Step]> = fc.oneof(
  image.map((name) => [`create ${name}`, (kit: RbdKit) => kit.create(name, 24 * MiB)] as const),
  fc
    .tuple(image, place)
    .map(
      ([name, [off, len]]) =>
        [`write ${name} ${off} ${len}`, (kit: RbdKit) => kit.write(name, off * MiB, len * MiB)] as const,
    ),
  fc
    .tuple(image, place)
    .map(
      ([name, [off, len]]) =>
        [`discard ${name} ${off} ${len}`, (kit: RbdKit) => kit.discard(name, off * MiB, len * MiB)] as const,
    ),
  fc.tuple(image, snap).map(([name, at]) => [`snap ${name}@${at}`, (kit: RbdKit) => kit.snap(name, at)] as const),
  fc
    .tuple(image, snap)
    .map(([name, at]) => [`snap rm ${name}@${at}`, (kit: RbdKit) => kit.removeSnap(name, at)] as const),
  fc
    .tuple(image, snap)
    .map(([name, at]) => [`rollback ${name}@${at}`, (kit: RbdKit) => kit.rollback(name, at)] as const),
  fc
    .tuple(image, snap, image)
    .map(([from, at, to]) => [`clone ${from}@${at} ${to}`, (kit: RbdKit) => kit.clone(from, at, to)] as const),
  image.map((name) => [`flatten ${name}`, (kit: RbdKit) => kit.flatten(name)] as const),
  image.map((name) => [`rm ${name}`, (kit: RbdKit) => kit.remove(name)] as const),
  fc
    .tuple(image, fc.integer({ min: 1, max: 30 }))
    .map(([name, size]) => [`resize ${name} ${size}`, (kit: RbdKit) => kit.resize(name, size * MiB)] as const),
  fc.constant(['new pool', (kit: RbdKit) => void createPool(kit.cluster.monitor, { name: 'q', pgNum: 4 })] as const),
  fc.constant([
    'pool gone',
    (kit: RbdKit) => void removePool(kit.cluster.monitor, { name: 'q', again: 'q', confirmed: true }),
  ] as const),
  fc.constantFrom(4, 8, 16).map((pgNum) => [`pg_num ${pgNum}`, (kit: RbdKit) => setPgNum(kit, pgNum)] as const),
  fc.integer({ min: 0, max: 8 }).map((osd) => [`osd ${osd}`, (kit: RbdKit) => toggleOsd(kit, osd)] as const),
);

/** PGs split or merge. */
function setPgNum({ cluster }: RbdKit, pgNum: number): void {
  const id = cluster.monitor.findPool('p')?.id ?? 0;
  cluster.monitor.publishPool(id, (pool) => ({ ...pool, pgNum, pgNumTarget: pgNum }), 'pg_num');
  cluster.pgs.sync();
}

function toggleOsd({ cluster }: RbdKit, osd: number): void {
  cluster.monitor.publish((map) => {
    const osds = map.osds.map((info, id) => (info === undefined || id !== osd ? info : { ...info, up: !info.up }));
    return { ...map, osds };
  }, 'an osd up or down');
  cluster.pgs.sync();
  cluster.run(cluster.settle(1e6));
}

test('the view kept up step by step, over undo and redo, is the one made from scratch', () => {
  const moves = fc.array(
    fc.oneof(
      { weight: 5, arbitrary: steps },
      { weight: 1, arbitrary: fc.constant('undo' as const) },
      { weight: 1, arbitrary: fc.constant('redo' as const) },
    ),
    { minLength: 5, maxLength: 25 },
  );
  fc.assert(
    fc.property(moves, fc.integer({ min: 1, max: 4 }), (all, every) => {
      const kit = new RbdKit();
      const { cluster } = kit;
      kit.create('a', 24 * MiB);
      kit.write('a', 0, 9 * MiB);
      kit.snap('a', 's1');
      kit.clone('a', 's1', 'b');
      cluster.records.commit();
      const projection = new Projection(cluster);
      const past: Diff[] = [];
      const future: Diff[] = [];
      for (const [index, move] of all.entries()) {
        if (typeof move === 'string')
          travel(kit, move === 'undo' ? past : future, move === 'undo' ? future : past, move);
        else {
          attempt(kit, move[1]);
          past.push(cluster.records.commit());
          future.length = 0;
        }
        if (index % every === 0) expect(projection.view()).toEqual(new Projection(cluster).view());
      }
      expect(projection.view()).toEqual(new Projection(cluster).view());
    }),
    { numRuns: 150 },
  );
});

function attempt(kit: RbdKit, step: Step): void {
  try {
    step(kit);
  } catch (error) {
    // What cannot be, or would wait for OSDs that are down: the client is gone, what it did so far stays.
    if (!(error instanceof CephError) && !String(error).includes('blocked')) throw error;
  }
}

function travel({ cluster }: RbdKit, from: Diff[], to: Diff[], move: 'undo' | 'redo'): void {
  const diff = from.pop();
  if (diff === undefined) return;
  to.push(diff);
  cluster.records.apply(move === 'undo' ? reverse(diff) : diff);
  cluster.resume();
  cluster.records.commit();
}
