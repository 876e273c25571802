import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOfData, fillData } from '../../../../../src/engine/base/data.ts';
import { Cluster } from '../../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../../src/engine/cluster/spec.ts';
import { addCrushBucket, linkCrushBucket, swapCrushBuckets } from '../../../../../src/engine/mon/crush/buckets.ts';
import { removeDeviceClasses, setDeviceClasses } from '../../../../../src/engine/mon/crush/device-classes.ts';
import {
  createOrMoveCrushItem,
  moveCrushItem,
  placeCrushItem,
  removeCrushItem,
} from '../../../../../src/engine/mon/crush/items.ts';
import { parseLocation } from '../../../../../src/engine/mon/crush/location.ts';
import { createCrushRule } from '../../../../../src/engine/mon/crush/rules.ts';
import { setTunablesProfile } from '../../../../../src/engine/mon/crush/tunables.ts';
import { createWeightSet, reweightInWeightSet } from '../../../../../src/engine/mon/crush/weight-sets.ts';
import { reweightCrush, reweightCrushItem, reweightCrushSubtree } from '../../../../../src/engine/mon/crush/weights.ts';
import { markOsds } from '../../../../../src/engine/mon/osd-state.ts';
import { setPgUpmap, setPgUpmapItems } from '../../../../../src/engine/mon/pg-upmap.ts';
import { createPool } from '../../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../../src/engine/mon/pool-set.ts';
import { mapperOf } from '../../../../../src/engine/osdmap/pg-mapper.ts';
import { propertyRuns } from '../../../../helpers/property-runs.ts';

const OBJECTS = Array.from({ length: 24 }, (_, at) => `object-${at}`);

/** A cluster with a pool of objects, and edits of its CRUSH map. */
class Edited {
  readonly cluster = new Cluster(DEFAULT_SPEC);

  constructor() {
    createPool(this.cluster.monitor, { name: 'p', pgNum: 16 });
    createCrushRule(this.cluster.monitor, {
      ...{ name: 'osds', root: 'default', failureDomain: 'osd' },
      ...{ deviceClass: '', mode: 'firstn' },
    });
    const io = this.cluster.connect().ioCtx('p');
    for (const [at, oid] of OBJECTS.entries()) this.cluster.run(io.writeFull(oid, fillData(1000 + at)));
  }

  settle(): void {
    this.cluster.pgs.sync();
    this.cluster.run(this.cluster.settle());
  }

  /** Objects of PGs that serve read the same. Returns how many do. */
  readable(): number {
    const io = this.cluster.connect().ioCtx('p');
    let count = 0;
    for (const [at, oid] of OBJECTS.entries()) {
      const data = this.cluster.recall(io.read(oid, 0, 5000));
      if (data === null) continue;
      expect(bytesOfData(data).length, oid).toBe(1000 + at);
      count++;
    }
    return count;
  }

  /** PGs that have all of their OSDs are clean. Returns how many have not. */
  unclean(): number {
    const map = this.cluster.monitor.map();
    const stats = [...this.cluster.stats.pgStats()];
    for (const { pgid, pool, seed, state, up } of stats) {
      const { size } = map.pools.get(pool) ?? {};
      if (up.length === size) expect(state, pgid).toBe('active+clean');
      expect(up).toEqual(mapperOf(map).get(map.pools.get(pool) ?? fail(), seed).up);
    }
    return stats.filter(({ state }) => state !== 'active+clean').length;
  }
}

function fail(): never {
  throw new Error('no such pool');
}

type Edit = (cluster: Cluster) => unknown;

const osd = fc.nat(8);
const host = fc.constantFrom('ceph1', 'ceph2', 'ceph3', 'h4', 'h5');
const rack = fc.constantFrom('r1', 'r2');
const weight = fc.constantFrom(0, 0.01, 0.02, 0.5, 1, 3);
const at = (words: string) => parseLocation(words.split(' '));

const edit: fc.Arbitrary<Edit> = fc.oneof(
  fc.tuple(osd, weight).map(
    ([id, w]) =>
      ({ monitor }: Cluster) =>
        reweightCrushItem(monitor, `osd.${id}`, w),
  ),
  fc.tuple(host, weight).map(
    ([h, w]) =>
      ({ monitor }: Cluster) =>
        reweightCrushSubtree(monitor, h, w),
  ),
  fc.tuple(osd, host).map(
    ([id, h]) =>
      ({ monitor }: Cluster) =>
        moveCrushItem(monitor, `osd.${id}`, at(`root=default host=${h}`)),
  ),
  fc.tuple(host, rack).map(
    ([h, r]) =>
      ({ monitor }: Cluster) =>
        moveCrushItem(monitor, h, at(`root=default rack=${r}`)),
  ),
  fc.tuple(host, rack).map(
    ([h, r]) =>
      ({ monitor }: Cluster) =>
        linkCrushBucket(monitor, h, at(`rack=${r}`)),
  ),
  fc.tuple(host, host).map(
    ([a, b]) =>
      ({ monitor }: Cluster) =>
        swapCrushBuckets(monitor, a, b, true),
  ),
  host.map(
    (h) =>
      ({ monitor }: Cluster) =>
        addCrushBucket(monitor, h, 'host', at('root=default')),
  ),
  osd.map(
    (id) =>
      ({ monitor }: Cluster) =>
        removeCrushItem(monitor, `osd.${id}`, undefined, false),
  ),
  fc.tuple(osd, weight, host).map(
    ([id, w, h]) =>
      ({ monitor }: Cluster) =>
        placeCrushItem(monitor, { id, weight: w, location: at(`root=default host=${h}`) }, 'add'),
  ),
  fc.tuple(osd, fc.constantFrom('ssd', 'hdd')).map(([id, name]) => ({ monitor }: Cluster) => {
    removeDeviceClasses(monitor, [String(id)]);
    return setDeviceClasses(monitor, name, [String(id)]);
  }),
  fc.constantFrom('legacy', 'bobtail', 'firefly', 'hammer', 'optimal').map(
    (name) =>
      ({ monitor }: Cluster) =>
        setTunablesProfile(monitor, name),
  ),
  fc.constantFrom<Edit>(
    ({ monitor }) => reweightCrush(monitor),
    ({ monitor }) => createWeightSet(monitor, undefined, 'flat'),
    ({ monitor }) => createWeightSet(monitor, 'p', 'positional'),
  ),
  fc.tuple(osd, weight).map(
    ([id, w]) =>
      ({ monitor }: Cluster) =>
        reweightInWeightSet(monitor, 'p', `osd.${id}`, [w, w, w]),
  ),
  fc.tuple(fc.nat(15), osd, osd).map(
    ([seed, from, to]) =>
      ({ monitor }: Cluster) =>
        setPgUpmapItems(monitor, `2.${seed.toString(16)}`, [from, to]),
  ),
  fc.tuple(fc.nat(15), fc.uniqueArray(osd, { minLength: 2, maxLength: 3 })).map(
    ([seed, osds]) =>
      ({ monitor }: Cluster) =>
        setPgUpmap(monitor, `2.${seed.toString(16)}`, osds),
  ),
  fc.constantFrom('osds', 'replicated_rule').map(
    (name) =>
      ({ monitor }: Cluster) =>
        setPool(monitor, { name: 'p', key: 'crush_rule', value: name }),
  ),
  fc.tuple(osd, fc.constantFrom('in' as const, 'out' as const)).map(
    ([id, what]) =>
      ({ monitor }: Cluster) =>
        markOsds(monitor, [id], what),
  ),
);

/** Puts all OSDs back to where every PG finds three of them. */
function mend({ monitor }: Cluster): void {
  setTunablesProfile(monitor, 'optimal');
  for (let id = 0; id < 9; id++) {
    const location = at(`root=default host=mended${id % 3}`);
    removeCrushItem(monitor, `osd.${id}`, undefined, true);
    createOrMoveCrushItem(monitor, { id, weight: 1, location });
    reweightCrushItem(monitor, `osd.${id}`, 1);
    markOsds(monitor, [id], 'in');
  }
  for (let id = 0; id < 9; id++) reweightInWeightSet(monitor, 'p', `osd.${id}`, [1, 1, 1]);
}

test('whatever is done to the CRUSH map, data stays, and all is clean where PGs find their OSDs', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 12 }), (edits) => {
      const edited = new Edited();
      for (const change of edits) {
        change(edited.cluster);
        edited.settle();
        edited.readable();
        edited.unclean();
      }
      mend(edited.cluster);
      edited.settle();
      expect(edited.readable()).toBe(OBJECTS.length);
      expect(edited.unclean()).toBe(0);
    }),
    propertyRuns(25),
  );
});

test('data that no PG finds an OSD for stays where it is, and a PG made without OSDs comes to be with them', () => {
  const edited = new Edited();
  const { cluster } = edited;
  markOsds(cluster.monitor, [0, 1, 2, 3, 4, 5, 6, 7, 8], 'out');
  edited.settle();
  expect(edited.readable()).toBe(0);
  createPool(cluster.monitor, { name: 'late', pgNum: 4 });
  edited.settle();
  mend(cluster);
  edited.settle();
  expect(edited.readable()).toBe(OBJECTS.length);
  expect(edited.unclean()).toBe(0);
});

test('of items without weight CRUSH takes the first: data is served from where it was', () => {
  const edited = new Edited();
  const { cluster } = edited;
  reweightCrushSubtree(cluster.monitor, 'default', 0);
  edited.settle();
  for (const { up, acting } of cluster.stats.pgStats()) expect([up, acting.length]).toEqual([[0], 3]);
  expect(edited.readable()).toBe(OBJECTS.length);
  mend(cluster);
  edited.settle();
  expect(edited.unclean()).toBe(0);
});
