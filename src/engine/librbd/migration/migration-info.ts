import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { FEATURE, type ParentImageSpec } from '../../codec/rbd-types.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import type { ImageHeader } from '../image-ctx.ts';
import { openNative } from './native-source.ts';
import { isNative } from './source-spec.ts';

/** A state of the source, oldest first: one of its snapshots, or its head. */
export interface MigratedState {
  readonly sourceSnapId: number;
  /** Where it goes to: a snapshot of the destination, or NOSNAP for the head. */
  readonly destSnapId: number;
  /** The destination's snapshots below it, newest first: under these its data is written. */
  readonly below: readonly number[];
}

/** What an image that is migrated into needs to know of its source. */
export interface MigrationInfo {
  readonly source: {
    readonly pool: number;
    readonly nspace: string;
    /** Empty for an image of format 1. */
    readonly imageId: string;
    readonly imageName: string;
    /** What is to be opened where it is no image of this cluster; empty else. */
    readonly foreign: string;
  };
  /** Bytes that any state of the source may have. */
  readonly overlap: number;
  /** What is the source's parent's is copied, too. */
  readonly flatten: boolean;
  readonly states: readonly MigratedState[];
  /** By the destination's snapshot, or NOSNAP: which state of the source shows through, and for how many bytes. */
  readonly parents: ReadonlyMap<number, { readonly snapId: number; readonly overlap: number }>;
}

type Known = Pick<ImageHeader, 'size' | 'snapc' | 'snaps'>;

/**
 * The part of a header that tells of a migration, for images that are in one.
 *
 * @ceph src/librbd/image/RefreshRequest.cc send_v2_get_migration_header, get_migration_info — exact
 */
export function* readMigration(
  io: IoCtx,
  oid: string,
  features: number,
  known: Known,
): Task<Pick<ImageHeader, 'migration' | 'migrationSource'>> {
  const spec = (features & FEATURE.MIGRATING) === 0 ? null : yield* getMigrationSpec(io, oid);
  if (spec === null) return {};
  if (spec.headerType === 'source') return { migrationSource: true };
  const reads = spec.state === 'prepared' || spec.state === 'executing';
  return { migration: reads ? infoOf(yield* locate(io, spec), known) : null };
}

/** Null where an image has the feature alone, between the making of its header and the first word of the migration. */
function* getMigrationSpec(io: IoCtx, oid: string): Task<MigrationSpec | null> {
  try {
    return yield* io.exec(oid, clsRbdMigration.get, undefined);
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Where an import's source is by now. */
function* locate(io: IoCtx, spec: MigrationSpec): Task<MigrationSpec> {
  if (spec.sourceSpec === '' || !isNative(spec.sourceSpec)) return spec;
  const { io: source, imageId } = yield* openNative(io, spec.sourceSpec);
  return { ...spec, pool: source.poolId, nspace: source.nspace, imageId };
}

function infoOf(spec: MigrationSpec, known: Known): MigrationInfo {
  const pairs = spec.snapSeqs.filter(([source]) => source !== NOSNAP);
  const newest = pairs.at(-1)?.[1] ?? 0;
  // A snapshot made since then holds the source's head as it was.
  const firstNew = known.snaps.find(({ id }) => id > newest)?.id ?? NOSNAP;
  const head = sourceHead(spec);
  const below = pairs.map(([, dest]) => dest);
  const states = [...pairs, [head, firstNew] as const].map(([sourceSnapId, destSnapId], index) => ({
    sourceSnapId,
    destSnapId,
    below: below.slice(0, index).reverse(),
  }));
  const { pool, nspace, imageId, imageName, flatten, sourceSpec } = spec;
  const foreign = sourceSpec === '' || isNative(sourceSpec) ? '' : sourceSpec;
  const parents = parentsOf(spec, pairs, known, head);
  const overlap = Math.max(0, ...states.map(({ destSnapId }) => parents.get(destSnapId)?.overlap ?? 0));
  return { source: { pool, nspace, imageId, imageName, foreign }, overlap, flatten, states, parents };
}

/** The source's head, or the snapshot of an image that an import reads. */
export function sourceHead({ sourceSpec, snapSeqs }: Pick<MigrationSpec, 'sourceSpec' | 'snapSeqs'>): number {
  return sourceSpec === '' || !isNative(sourceSpec) ? NOSNAP : (snapSeqs.at(-1)?.[0] ?? NOSNAP);
}

function parentsOf(
  spec: MigrationSpec,
  pairs: MigrationSpec['snapSeqs'],
  { size, snaps }: Known,
  head: number,
): MigrationInfo['parents'] {
  const parents = new Map<number, { snapId: number; overlap: number }>();
  const sources = new Map(pairs.map(([source, dest]) => [dest, source]));
  let overlap = Math.min(size, spec.overlap);
  for (const snap of [...snaps].reverse()) {
    const source = sources.get(snap.id);
    if (source !== undefined) parents.set(snap.id, { snapId: source, overlap: snap.size });
    else {
      overlap = Math.min(overlap, snap.size);
      parents.set(snap.id, { snapId: head, overlap });
    }
  }
  return parents.set(NOSNAP, { snapId: head, overlap });
}

/** What the open head or snapshot reads through to; null for an image that is not migrated into. */
export function migrationParent(header: ImageHeader, snapId: number): ParentImageSpec | null {
  const { migration } = header;
  if (migration == null) return null;
  const parent = migration.parents.get(snapId);
  if (parent === undefined) return null;
  const { pool, nspace, imageId } = migration.source;
  return { pool, nspace, imageId, snapId: parent.snapId };
}
