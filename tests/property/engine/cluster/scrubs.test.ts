import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesData, bytesOfData, fillData } from '../../../../src/engine/base/data.ts';
import { byteStringOfText, utf8Encode } from '../../../../src/engine/base/utf8.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import {
  loseStored,
  rotStored,
  type StoredObject,
  setStoredBytes,
  storedObjects,
  storedPgs,
} from '../../../../src/engine/cluster/store-tool.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { setErasureProfile } from '../../../../src/engine/mon/erasure-profile.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { testCluster } from '../../../helpers/cluster.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';
import { scrubFaults, scrubPool } from '../../../helpers/scrubs.ts';

const NAMES = 8;
const PROFILE = { name: 'k2m2', words: ['k=2', 'm=2', 'crush-failure-domain=osd'], force: false, sure: false };
/** Copies that may go bad of one object: all but one of three; two of four shards. */
const MOST_BAD = 2;

const write = fc.tuple(fc.nat(NAMES - 1), fc.constantFrom('full', 'append', 'part', 'omap', 'remove'), fc.nat(5000));
/** An object, how it is damaged, and on which of its OSDs. */
const harm = fc.tuple(
  fc.nat(NAMES - 1),
  fc.constantFrom('lose', 'rot', 'cut'),
  fc.array(fc.nat(3), { maxLength: MOST_BAD }),
);

type Kind = 'replicated' | 'erasure';

function worldOf(kind: Kind): { cluster: Cluster; io: IoCtx } {
  const cluster = testCluster({ osds: 6, osdsPerHost: 1 });
  if (kind === 'erasure') setErasureProfile(cluster.monitor, PROFILE);
  createPool(cluster.monitor, { name: 'p', pgNum: 4, type: kind, profile: PROFILE.name });
  return { cluster, io: cluster.connect().ioCtx('p') };
}

/** Erasure pools without overwrites only append, and have no omap. */
function change(
  { cluster, io }: ReturnType<typeof worldOf>,
  kind: Kind,
  name: string,
  how: string,
  size: number,
): void {
  const exists = [...cluster.run(io.list())].some(({ oid }) => oid === name);
  if (how === 'remove') {
    if (exists) cluster.run(io.remove(name));
  } else if (kind === 'erasure' || how === 'full') cluster.run(io.writeFull(name, fillData(size + 1, size % 256)));
  else if (how === 'append') cluster.run(io.operate(name, [{ op: 'append', data: fillData(size + 1, size % 256) }]));
  else if (how === 'part') cluster.run(io.write(name, size % 100, bytesData(utf8Encode(`part ${size}`))));
  else cluster.run(io.omapSet(name, new Map([[byteStringOfText(`k${size % 5}`), utf8Encode(`v${size}`)]])));
}

/** Copies of an object, in order of OSD. */
function copiesOf(cluster: Cluster, pool: number, name: string): StoredObject[] {
  return [...cluster.monitor.map().osds.keys()]
    .flatMap((osd) => storedPgs(cluster.pgs, osd).filter(({ record }) => record.pool === pool))
    .flatMap((pg) => storedObjects(cluster.pgs, pg).filter(({ onode }) => onode.hoid.oid === name));
}

/** What differs without a checksum is told from the primary's copy. [SC4] */
function isTrusted(cluster: Cluster, { pg, onode }: StoredObject): boolean {
  const { pool, seed, interval } = cluster.pgs.record(pg.record.pool, pg.record.seed) ?? pg.record;
  const isPrimary =
    cluster.pgs.view(pool, seed)?.acting[0]?.osd === interval.actingPrimary && pg.id === interval.actingPrimary;
  return isPrimary && (onode.info.dataDigest !== true || onode.data.length === 0);
}

function damage(cluster: Cluster, copy: StoredObject, how: string): boolean {
  if (how === 'lose') loseStored(cluster.pgs, copy);
  else if (how === 'rot') return rotStored(cluster.pgs, copy);
  else if (copy.onode.data.length < 2) return false;
  else setStoredBytes(cluster.pgs, copy, bytesOfData(copy.onode.data).slice(0, -1));
  return true;
}

function contents({ cluster, io }: ReturnType<typeof worldOf>): Map<string, string> {
  const names = [...cluster.run(io.list())].map(({ oid }) => oid).sort();
  return new Map(
    names.map((name) => {
      const omap = cluster.run(
        io.operate(name, [{ op: 'omap-get-vals', after: byteStringOfText(''), prefix: null, max: 100 }]),
      );
      return [name, `${bytesOfData(cluster.run(io.read(name))).join()} ${JSON.stringify(omap)}`];
    }),
  );
}

function mendsAll(kind: Kind, runs: number): void {
  fc.assert(
    fc.property(fc.array(write, { maxLength: 20 }), fc.array(harm, { maxLength: 4 }), (writes, harms) => {
      const world = worldOf(kind);
      const { cluster, io } = world;
      for (const [name, how, size] of writes) change(world, kind, `o${name}`, how, size);
      cluster.run(cluster.settle());
      const before = contents(world);
      const bad = new Map<string, Set<number>>();
      for (const [number, how, places] of new Map(harms.map((each) => [each[0], each])).values()) {
        const name = `o${number}`;
        const copies = copiesOf(cluster, io.poolId, name);
        // Where the same is wrong with two copies of three, nobody could tell which are right.
        const most = kind === 'replicated' && how !== 'lose' ? 1 : MOST_BAD;
        for (const place of [...new Set(places)].slice(0, most)) {
          const copy = copies[place];
          if (copy === undefined || (kind === 'replicated' && how === 'rot' && isTrusted(cluster, copy))) continue;
          if (!damage(cluster, copy, how)) continue;
          bad.set(name, (bad.get(name) ?? new Set()).add(copy.pg.id % 2 ** 24));
        }
      }
      scrubPool(cluster, io.poolId, 'deep-scrub');
      const { found } = scrubFaults(cluster, io.poolId);
      // [SC3] Exactly the objects that were damaged are found.
      expect(found.map(({ hoid }) => hoid.oid).sort()).toEqual([...bad.keys()].sort());
      for (const { hoid, shards } of found)
        for (const { osd, errors } of shards)
          if (errors.length > 0) expect([...(bad.get(hoid.oid) ?? [])]).toContain(osd);
      scrubPool(cluster, io.poolId, 'repair');
      scrubPool(cluster, io.poolId, 'deep-scrub');
      // [SC6] Repair has mended all, and with the right bytes.
      expect(scrubFaults(cluster, io.poolId)).toEqual({ found: [], errors: 0 });
      expect(contents(world)).toEqual(before);
    }),
    propertyRuns(runs),
  );
}

test('[SC3] [SC6] a deep scrub finds exactly the copies that were damaged, and repair mends all of them', () => {
  mendsAll('replicated', 100);
}, 600_000);

test('[SC3] [SC6] the same in an erasure pool, by decoding', () => {
  mendsAll('erasure', 60);
}, 600_000);
