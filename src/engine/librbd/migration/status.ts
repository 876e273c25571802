import { isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { MigrationState } from '../../codec/rbd-migration-codec.ts';
import { clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import type { ImageCtx } from '../image-ctx.ts';
import type { MigrationEnd } from './open-images.ts';

export interface MigrationStatus {
  /** Null where it is no image that moves. */
  readonly source: MigrationEnd | null;
  readonly sourceSpec: string;
  readonly dest: MigrationEnd;
  readonly state: MigrationState;
  readonly stateDescription: string;
}

/** How far the migration of an image is; null for one that is in none. @ceph src/librbd/api/Migration.cc status — exact */
export function* migrationStatus(image: ImageCtx): Task<MigrationStatus | null> {
  if (!image.has(FEATURE.MIGRATING)) return null;
  try {
    const spec = yield* image.io.exec(image.headerOid, clsRbdMigration.get, undefined);
    const own: MigrationEnd = { io: image.io, id: image.id, name: image.name };
    const pool = spec.pool < 0 ? image.io.poolId : spec.pool;
    const other: MigrationEnd = { io: image.io.rados.ioCtx(pool, spec.nspace), id: spec.imageId, name: spec.imageName };
    const { sourceSpec, state, stateDescription } = spec;
    const dest = spec.headerType === 'source' ? other : own;
    const source = spec.headerType === 'source' ? own : sourceSpec === '' ? other : null;
    return { source, sourceSpec, dest, state, stateDescription };
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}
