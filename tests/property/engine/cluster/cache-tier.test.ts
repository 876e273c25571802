import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesData, bytesOfData } from '../../../../src/engine/base/data.ts';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { byteStringOfText } from '../../../../src/engine/base/utf8.ts';
import type { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import type { OsdOp } from '../../../../src/engine/codec/osd-op.ts';
import { NOSNAP } from '../../../../src/engine/codec/snap.ts';
import type { IoCtx } from '../../../../src/engine/librados/io-ctx.ts';
import { createPool } from '../../../../src/engine/mon/pool-create.ts';
import { setPool } from '../../../../src/engine/mon/pool-set.ts';
import { addTier } from '../../../../src/engine/mon/tier/become-tier.ts';
import { setCacheMode } from '../../../../src/engine/mon/tier/cache-mode.ts';
import { removeOverlay, setOverlay } from '../../../../src/engine/mon/tier/overlay.ts';
import { smallCluster } from '../../../helpers/cluster.ts';
import { differingReplicas } from '../../../helpers/cluster-checks.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';

/** What clients must see of an object: its bytes, an attribute, a value of its omap. */
interface Seen {
  readonly bytes: string;
  readonly attr: string;
  readonly value: string;
}

type State = ReadonlyMap<string, Seen>;

const OIDS = ['a', 'b', 'c', 'd'];
const KEY = byteStringOfText('k');

/** A pool with a cache before it, beside a plain map of what is in it. */
class Story {
  readonly cluster: Cluster = smallCluster('base');
  readonly io: IoCtx;
  readonly cache: IoCtx;
  now: State = new Map();
  readonly snaps = new Map<number, State>();

  constructor() {
    const { monitor } = this.cluster;
    createPool(monitor, { name: 'cache', pgNum: 4 });
    addTier(monitor, { pool: 'base', tier: 'cache', objectsIn: () => 0 });
    setCacheMode(monitor, { pool: 'cache', mode: 'writeback', confirmed: false, dirtyIn: () => 0 });
    setOverlay(monitor, 'base', 'cache');
    const client = this.cluster.connect();
    this.io = client.ioCtx('base');
    this.cache = client.ioCtx('cache');
  }

  get snapc() {
    const snaps = [...this.snaps.keys()].sort((a, b) => b - a);
    return { seq: this.newest, snaps };
  }

  newest = 0;
  stopped: number | null = null;

  write(oid: string, ops: readonly OsdOp[]): void {
    this.cluster.run(this.io.withSnapContext(this.snapc).operate(oid, ops));
  }

  put(oid: string, seen: Seen | undefined): void {
    const next = new Map(this.now);
    if (seen === undefined) next.delete(oid);
    else next.set(oid, seen);
    this.now = next;
  }

  /** What a client sees; undefined where nothing is there. */
  see(io: IoCtx, oid: string): Seen | undefined {
    return this.unless(['ENOENT'], () => {
      const bytes = this.cluster.run(io.read(oid));
      const attrs = this.cluster.run(io.getXattrs(oid));
      const values = this.cluster.run(io.omapGetVals(oid));
      const text = (data: Uint8Array | undefined) => Buffer.from(data ?? []).toString();
      return { bytes: text(bytesOfData(bytes)), attr: text(attrs.get('x')), value: text(values[0]?.[1]) };
    });
  }

  /** The outcome, or undefined where that is refused in one of these ways. */
  unless<T>(errnos: readonly ('ENOENT' | 'EBUSY')[], run: () => T): T | undefined {
    try {
      return run();
    } catch (error) {
      if (error instanceof CephError && errnos.some((errno) => error.is(errno))) return undefined;
      throw error;
    }
  }

  check(): void {
    for (const oid of OIDS) expect([oid, this.see(this.io, oid)]).toEqual([oid, this.now.get(oid)]);
    for (const [snap, state] of this.snaps)
      for (const oid of OIDS)
        expect([snap, oid, this.see(this.io.atSnap(snap), oid)]).toEqual([snap, oid, state.get(oid)]);
  }

  cacheOp(oid: string, op: 'cache-flush' | 'cache-try-flush' | 'cache-evict', snap: number): void {
    this.unless(['ENOENT', 'EBUSY'], () => this.cluster.run(this.cache.atSnap(snap).operate(oid, [{ op }])));
  }

  /** Stops an OSD, or starts the one that is stopped: the others go on without it. */
  toggleOsd(osd: number): void {
    const { daemons } = this.cluster;
    if (this.stopped === null) daemons.stop(osd, 'in-order');
    else daemons.start(this.stopped);
    this.stopped = this.stopped === null ? osd : null;
  }

  /** All that the cache holds goes to the base, clones before heads. */
  drain(): void {
    for (const oid of OIDS) {
      for (const snap of [...this.snaps.keys()].sort((a, b) => a - b)) {
        this.cacheOp(oid, 'cache-flush', snap);
        this.cacheOp(oid, 'cache-evict', snap);
      }
      this.cacheOp(oid, 'cache-flush', NOSNAP);
      this.cacheOp(oid, 'cache-evict', NOSNAP);
    }
  }
}

type Step = (story: Story) => void;
const text = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b', 'c') });
const oidOf = fc.constantFrom(...OIDS);
const EMPTY: Seen = { bytes: '', attr: '', value: '' };

const bytesOf = (bytes: string) => bytesData(new Uint8Array(Buffer.from(bytes)));

const writes: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(oidOf, text).map(([oid, bytes]) => (story: Story) => {
    story.write(oid, [{ op: 'write-full', data: bytesOf(bytes) }]);
    story.put(oid, { ...(story.now.get(oid) ?? EMPTY), bytes });
  }),
  fc.tuple(oidOf, text).map(([oid, bytes]) => (story: Story) => {
    story.write(oid, [{ op: 'append', data: bytesOf(bytes) }]);
    const was = story.now.get(oid) ?? EMPTY;
    story.put(oid, { ...was, bytes: was.bytes + bytes });
  }),
  fc.tuple(oidOf, text).map(([oid, attr]) => (story: Story) => {
    story.write(oid, [{ op: 'setxattr', name: 'x', value: new Uint8Array(Buffer.from(attr)) }]);
    story.put(oid, { ...(story.now.get(oid) ?? EMPTY), attr });
  }),
  fc.tuple(oidOf, text).map(([oid, value]) => (story: Story) => {
    story.write(oid, [{ op: 'omap-set', entries: new Map([[KEY, new Uint8Array(Buffer.from(value))]]) }]);
    story.put(oid, { ...(story.now.get(oid) ?? EMPTY), value });
  }),
  oidOf.map((oid) => (story: Story) => {
    const there = story.now.has(oid);
    const removed = story.unless(['ENOENT'], () => {
      story.write(oid, [{ op: 'delete' }]);
      return true;
    });
    expect(removed ?? false).toBe(there);
    story.put(oid, undefined);
  }),
);

const snapshots: fc.Arbitrary<Step> = fc.oneof(
  fc.constant((story: Story) => {
    if (story.snaps.size >= 4) return;
    story.newest = story.cluster.run(story.io.createSelfManagedSnap());
    story.snaps.set(story.newest, story.now);
  }),
  fc.nat(3).map((which) => (story: Story) => {
    const snap = [...story.snaps.keys()][which];
    if (snap === undefined) return;
    story.snaps.delete(snap);
    story.cluster.run(story.io.removeSelfManagedSnap(snap));
  }),
  fc.tuple(oidOf, fc.nat(3)).map(([oid, which]) => (story: Story) => {
    const [snap, state] = [...story.snaps][which] ?? [];
    if (snap === undefined || state === undefined) return;
    story.write(oid, [{ op: 'rollback', snap }]);
    story.put(oid, state.get(oid));
  }),
);

const cacheSteps: fc.Arbitrary<Step> = fc.oneof(
  fc
    .tuple(oidOf, fc.constantFrom('cache-flush', 'cache-try-flush', 'cache-evict'), fc.option(fc.nat(3), { freq: 2 }))
    .map(([oid, op, which]) => (story: Story) => {
      story.cacheOp(oid, op, which === null ? NOSNAP : ([...story.snaps.keys()][which] ?? NOSNAP));
    }),
  fc.constantFrom('writeback', 'proxy', 'readproxy').map((mode) => (story: Story) => {
    setCacheMode(story.cluster.monitor, { pool: 'cache', mode, confirmed: false, dirtyIn: () => 1 });
  }),
  fc
    .tuple(fc.constantFrom('none', 'bloom', 'explicit_object'), fc.nat(2), fc.nat(2))
    .map(([type, read, write]) => (story: Story) => {
      const set = (key: string, value: number | string) =>
        setPool(story.cluster.monitor, { name: 'cache', key, value: String(value) });
      set('hit_set_type', type);
      set('hit_set_count', 3);
      set('hit_set_period', 1);
      set('min_read_recency_for_promote', read);
      set('min_write_recency_for_promote', write);
    }),
  fc.constantFrom(0, 4, 8, 100).map((most) => (story: Story) => {
    setPool(story.cluster.monitor, { name: 'cache', key: 'target_max_objects', value: String(most) });
  }),
  fc.nat(8).map((seconds) => (story: Story) => story.cluster.advance(seconds * 1_000_000)),
  fc.constant((story: Story) => story.cluster.run(story.cluster.settle())),
  fc.constant((story: Story) => story.drain()),
  fc.tuple(fc.nat(2), fc.nat(600)).map(([osd, seconds]) => (story: Story) => {
    story.toggleOsd(osd);
    story.cluster.advance(seconds * 100_000);
  }),
);

const steps = fc.array(fc.oneof({ weight: 4, arbitrary: writes }, snapshots, { weight: 3, arbitrary: cacheSteps }), {
  minLength: 5,
  maxLength: 40,
});

test('what was written through a cache is read through it, and from the base once the cache is drained', () => {
  fc.assert(
    fc.property(steps, (story) => {
      const state = new Story();
      for (const step of story) step(state);
      state.check();
      if (state.stopped !== null) state.toggleOsd(state.stopped);
      state.cluster.run(state.cluster.settle());
      state.check();
      for (const { id } of state.cluster.monitor.map().pools.values())
        expect(differingReplicas(state.cluster, id)).toEqual([]);
      setCacheMode(state.cluster.monitor, { pool: 'cache', mode: 'proxy', confirmed: false, dirtyIn: () => 0 });
      state.drain();
      expect(state.cluster.run(state.cache.list(null))).toEqual([]);
      removeOverlay(state.cluster.monitor, 'base');
      state.check();
    }),
    propertyRuns(150),
  );
});
