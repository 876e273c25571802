import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { imageIdOf } from '../image-names.ts';
import { headerName } from '../object-names.ts';
import { listTrash } from '../operation/trash.ts';

/** An image of a migration, by its id. */
export interface MigrationEnd {
  readonly io: IoCtx;
  readonly id: string;
  readonly name: string;
}

/** The two images of a migration, and what the header says that was read first. */
export interface Migration {
  /** Null where the source does not move: an import. */
  readonly source: MigrationEnd | null;
  /** Null where the source is on its way to the trash and nothing is said of a destination yet. */
  readonly dest: MigrationEnd | null;
  readonly spec: MigrationSpec | null;
}

/**
 * Finds a migration by the name of its destination, or by the name that its source had. ENOENT; EINVAL for an image
 * that is in none.
 *
 * @ceph src/librbd/api/Migration.cc open_images — exact; a source in the trash that has no header yet is found, too
 */
export function* findMigration(io: IoCtx, name: string): Task<Migration> {
  const id = yield* idOf(io, name);
  const spec = yield* specOf(io, id.id, id.trashed);
  const own: MigrationEnd = { io, id: id.id, name };
  if (spec === null) return { source: own, dest: null, spec };
  const other = {
    io: io.rados.ioCtx(spec.pool < 0 ? io.poolId : spec.pool, spec.nspace),
    id: spec.imageId,
    name: spec.imageName,
  };
  if (spec.headerType === 'source') return { source: own, dest: other, spec };
  return { source: spec.sourceSpec === '' ? other : null, dest: own, spec };
}

function* idOf(io: IoCtx, name: string): Task<{ readonly id: string; readonly trashed: boolean }> {
  try {
    const id = yield* imageIdOf(io, name);
    yield* io.stat(headerName(id));
    return { id, trashed: false };
  } catch (error) {
    if (!isErrno(error, 'ENOENT')) throw error;
  }
  const entry = (yield* listTrash(io)).find(({ spec }) => spec.source === 'migration' && spec.name === name);
  if (entry === undefined) throw new CephError('ENOENT', 'failed to determine image id');
  return { id: entry.id, trashed: true };
}

function* specOf(io: IoCtx, id: string, trashed: boolean): Task<MigrationSpec | null> {
  try {
    return yield* io.exec(headerName(id), clsRbdMigration.get, undefined);
  } catch (error) {
    if (trashed && isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}
