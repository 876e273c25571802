import { clsMethod } from './osd-op.ts';
import type { MigrationSpec, MigrationState } from './rbd-migration-codec.ts';

/** Methods on the headers of images in migration. EINVAL for an image that is in none. */
export const clsRbdMigration = {
  /** EEXIST where it is set already. The image gets the feature MIGRATING. */
  set: clsMethod<MigrationSpec, void>('rbd', 'migration_set', 'write'),
  setState: clsMethod<{ readonly state: MigrationState; readonly description: string }, void>(
    'rbd',
    'migration_set_state',
    'write',
  ),
  get: clsMethod<void, MigrationSpec>('rbd', 'migration_get', 'read'),
  /** The feature goes as well. */
  remove: clsMethod<void, void>('rbd', 'migration_remove', 'write'),
};

/** Guards of a request on a data object: ERANGE where it does not hold. A missing object is newer than none. */
export const clsRbdAssert = {
  /** The given snapshot id is above (`gt`), or at most (`le`), the newest snapshot that the object was written under. */
  snapcSeq: clsMethod<{ readonly seq: number; readonly state: 'gt' | 'le' }, void>('rbd', 'assert_snapc_seq', 'write'),
};
