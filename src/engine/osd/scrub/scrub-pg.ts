import { NOSNAP } from '../../codec/snap.ts';
import type { ObjectStore } from '../../os/object-store.ts';
import { type Onode, objectSize } from '../../os/onode.ts';
import type { PgView } from '../primary-log-pg.ts';
import { isDirty } from '../tier/clean.ts';
import type { InconsistentObject, InconsistentSnapSet, ScrubLine } from './found.ts';
import { hobjectText } from './object-text.ts';
import { areOne, foundCopy, scanCopy } from './scan-copy.ts';
import { type ScrubbedObject, scrubObject, spgText } from './scrub-object.ts';
import { SnapScrub } from './snap-metadata.ts';

export type ScrubKind = 'scrub' | 'deep-scrub' | 'repair';

/** A copy that repair has made anew. */
export interface BadCopy {
  readonly id: number;
  readonly key: string;
  readonly auth: Onode;
}

/** What a scrub of a PG came to. */
export interface ScrubFindings {
  readonly objects: readonly InconsistentObject[];
  readonly snapSets: readonly InconsistentSnapSet[];
  readonly shallowErrors: number;
  readonly deepErrors: number;
  readonly scrubbed: number;
  readonly bad: readonly BadCopy[];
  /** Objects of which copies are missing, and of which they differ. */
  readonly missing: number;
  readonly inconsistent: number;
  /** Keys of objects whose checksum repair takes anew from their copies. */
  readonly digests: readonly string[];
  /** Keys of objects that are gone on all OSDs. */
  readonly gone: readonly string[];
  /** The counts of the PG were not what is there. */
  readonly hasStatMismatch: boolean;
  readonly omapBytes: number;
  readonly omapKeys: number;
  readonly largeOmaps: number;
}

/** An object with more keys, or more bytes in their values, is told of. */
export interface OmapLimits {
  readonly keys: number;
  readonly valueBytes: number;
}

type Members = Pick<PgView, 'acting' | 'pool' | 'seed' | 'pgid'>;

/** A scrub of one PG, object by object. */
export class PgScrub {
  readonly #kind: ScrubKind;
  readonly #log: (line: ScrubLine) => void;
  readonly #auths: Onode[] = [];
  readonly #objects: InconsistentObject[] = [];
  readonly #bad: BadCopy[] = [];
  readonly #digests: string[] = [];
  readonly #gone: string[] = [];
  #shallow = 0;
  #deep = 0;
  #scrubbed = 0;
  #missing = 0;
  #inconsistent = 0;
  #omapBytes = 0;
  #omapKeys = 0;
  #largeOmaps = 0;
  readonly #limits: OmapLimits;

  constructor(kind: ScrubKind, limits: OmapLimits, log: (line: ScrubLine) => void) {
    this.#kind = kind;
    this.#limits = limits;
    this.#log = log;
  }

  get isDeep(): boolean {
    return this.#kind !== 'scrub';
  }

  /** Looks at one object's copies. */
  look(pg: Members, key: string): void {
    const onodes = pg.acting.map((store) => foundCopy(store.collection(pg.pool.id, pg.seed).get(key)));
    this.#scrubbed++;
    const [first] = onodes;
    this.#countOmap(pg, onodes);
    if (first !== undefined && areOne(onodes)) {
      this.#auths.push(first);
      return;
    }
    if (onodes.every((onode) => onode === undefined)) this.#gone.push(key);
    else this.#note(key, first, scrubObject(copiesOf(pg, onodes, this.isDeep), this.#kind === 'repair'));
  }

  #countOmap({ pool, pgid }: Members, [primary]: readonly (Onode | undefined)[]): void {
    if (!this.isDeep || primary === undefined) return;
    const { omap, hoid } = primary;
    let valueBytes = 0;
    this.#omapKeys += omap.size;
    for (const [name, value] of omap) {
      this.#omapBytes += name.length + value.length;
      valueBytes += value.length;
    }
    if (omap.size <= this.#limits.keys && valueBytes <= this.#limits.valueBytes) return;
    this.#largeOmaps++;
    // @ceph src/osd/scrubber/pg_scrubber.cc — exact, with the PG by the whole hash, too
    const where = `Object: ${hobjectText(pool.id, hoid)} PG: ${pool.id}.${hoid.hash.toString(16)} (${pgid})`;
    const text = `Large omap object found. ${where} Key count: ${omap.size} Size (bytes): ${valueBytes}`;
    this.#log({ level: 'warn', text });
  }

  /** Where no copy is fit for it, the primary's tells of snapshots. */
  #note(key: string, primary: Onode | undefined, object: ScrubbedObject): void {
    const { auth, found, lines, missing, inconsistent } = object;
    for (const text of lines) this.#log({ level: 'error', text });
    this.#shallow += object.shallowErrors;
    this.#deep += object.deepErrors;
    if (found !== null) this.#objects.push(found);
    if (object.fixesDigest) this.#digests.push(key);
    const told = auth ?? primary;
    if (told !== undefined) this.#auths.push(told);
    if (auth === null) return;
    if (missing.length > 0) this.#missing++;
    if (inconsistent.length > 0) this.#inconsistent++;
    for (const id of [...missing, ...inconsistent]) this.#bad.push({ id, key, auth });
  }

  /** Ends the scrub: snapshots, counts, and what it all came to. */
  end(pg: Members): ScrubFindings {
    const snaps = new SnapScrub(
      pg.pool.id,
      `${this.#kind} ${this.#spg(pg)}`,
      pg.pool.flags.includes('incomplete_clones'),
    ).look(this.#auths);
    for (const line of snaps.lines) this.#log(line);
    this.#shallow += snaps.errors;
    const hasStatMismatch = this.#compareStats(pg);
    if (hasStatMismatch) this.#shallow++;
    return {
      objects: this.#objects,
      snapSets: snaps.found,
      shallowErrors: this.#shallow,
      deepErrors: this.#deep,
      scrubbed: this.#scrubbed,
      bad: this.#bad,
      missing: this.#missing,
      inconsistent: this.#inconsistent,
      digests: this.#digests,
      gone: this.#gone,
      hasStatMismatch,
      omapBytes: this.#omapBytes,
      omapKeys: this.#omapKeys,
      largeOmaps: this.#largeOmaps,
    };
  }

  #spg({ acting, pool, pgid }: Members): string {
    return spgText({ pool, pgid, primary: acting[0]?.id ?? 0 });
  }

  /** @ceph src/osd/PrimaryLogScrub.cc _scrub_finish — exact for what is counted here */
  #compareStats(pg: Members): boolean {
    if (this.#gone.length === 0 && this.#auths.every((onode) => onode.damage === undefined)) return false;
    const counted = sums(pg.acting[0]?.collection(pg.pool.id, pg.seed).values() ?? [], () => true);
    const got = sums(this.#auths, (onode) => onode.damage?.lacks.includes('_') !== true);
    if (got.objects === counted.objects && got.bytes === counted.bytes) return false;
    const none = '0/0 omap, 0/0 pinned, 0/0 hit_set_archive';
    this.#log({
      level: 'error',
      text:
        `${pg.pgid} ${this.#kind} : stat mismatch, got ${got.objects}/${counted.objects} objects, ` +
        `${got.clones}/${counted.clones} clones, ${got.dirty}/${counted.dirty} dirty, ${none}, ` +
        `${got.whiteouts}/${counted.whiteouts} whiteouts, ${got.bytes}/${counted.bytes} bytes, 0/0 manifest objects, ` +
        '0/0 hit_set_archive bytes.',
    });
    return true;
  }
}

function sums(onodes: Iterable<Onode>, isTold: (onode: Onode) => boolean) {
  const sum = { objects: 0, clones: 0, dirty: 0, whiteouts: 0, bytes: 0 };
  for (const onode of onodes) {
    sum.objects++;
    if (onode.hoid.snap !== NOSNAP) sum.clones++;
    if (!isTold(onode)) continue;
    if (isDirty(onode)) sum.dirty++;
    if (onode.info.whiteout) sum.whiteouts++;
    sum.bytes += objectSize(onode);
  }
  return sum;
}

function copiesOf(pg: Members, onodes: readonly (Onode | undefined)[], isDeep: boolean) {
  const { acting, pool, pgid } = pg;
  const primary = acting[0]?.id ?? 0;
  const members = acting.map(({ id }) => id).sort((a, b) => osdFirst(acting, a) - osdFirst(acting, b));
  const copies = members.flatMap((id) => {
    const onode = onodes[acting.findIndex((store) => store.id === id)];
    return onode === undefined ? [] : [scanCopy(pool, onode, id, id === primary, isDeep)];
  });
  return { pool, pgid, primary, members, copies };
}

function osdFirst(acting: readonly ObjectStore[], id: number): number {
  return acting.find((store) => store.id === id)?.osd ?? 0;
}

/** Keys of a PG's objects on all OSDs that act, in order. */
export function keysToScrub({ acting, pool, seed }: Members): string[] {
  const keys = new Set<string>();
  for (const store of acting) for (const key of store.collection(pool.id, seed).keys()) keys.add(key);
  return [...keys].sort();
}
