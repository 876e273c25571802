import { CephError, cppStrerror, ERRNO, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { logError, logged } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { type ImageTarget, imageTarget } from '../image-ctx.ts';
import { imageIdOf } from '../image-names.ts';
import { headerName } from '../object-names.ts';
import { hasOldImage } from '../old-format/detect.ts';
import { oldHeaderName } from '../old-format/names.ts';
import { listTrash } from '../operation/trash.ts';

/** An image of a migration, by its id; a source of format 1 has none. */
export interface MigrationEnd {
  readonly io: IoCtx;
  readonly id: string;
  readonly name: string;
}

/** The object that is its header. */
export function headerOf({ id, name }: MigrationEnd): string {
  return id === '' ? oldHeaderName(name) : headerName(id);
}

/** What opens it. */
export function targetOf({ id, name }: MigrationEnd): ImageTarget {
  return imageTarget(id, name);
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
  const own: MigrationEnd = { io, id: id.id, name };
  const spec = yield* specOf(own, id.trashed);
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
  if (yield* hasOldImage(io, name)) return { id: '', trashed: false };
  const entry = (yield* listTrash(io)).find(({ spec }) => spec.source === 'migration' && spec.name === name);
  if (entry === undefined) {
    const text = `open_images: failed to determine image id: ${cppStrerror(ERRNO.ENOENT)}`;
    throw logged(io.rados, 'ENOENT', 'librbd::Migration', text);
  }
  return { id: entry.id, trashed: true };
}

function* specOf(end: MigrationEnd, trashed: boolean): Task<MigrationSpec | null> {
  try {
    return yield* end.io.exec(headerOf(end), clsRbdMigration.get, undefined);
  } catch (error) {
    if (trashed && isErrno(error, 'EINVAL')) return null;
    if (error instanceof CephError) {
      const text = `open_images: failed retrieving migration header: ${cppStrerror(error.errno)}`;
      logError(end.io.rados, 'librbd::Migration', text);
    }
    throw error;
  }
}
