import { CephError } from '../../base/errno.ts';
import { decodeMigrationSpec, encodeMigrationSpec, type MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { clsRbdAssert, clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { asU64, hasKey, readKey, removeKey, requireKey, u64, writeKey } from '../omap-values.ts';

const KEY = 'migration';

/** @ceph src/cls/rbd/cls_rbd.cc migration_*, assert_snapc_seq — exact for images of format 2 */
export const MIGRATION_HANDLERS: readonly ClsHandler[] = [
  implement(clsRbdMigration.set, (object, spec) => {
    const features = requireKey(object, 'features', asU64);
    if (hasKey(object, KEY)) throw new CephError('EEXIST', 'migration header');
    writeKey(object, 'features', u64(features | FEATURE.MIGRATING));
    writeKey(object, KEY, encodeMigrationSpec(spec));
  }),

  implement(clsRbdMigration.setState, (object, { state, description }) => {
    const spec = readMigration(object);
    writeKey(object, KEY, encodeMigrationSpec({ ...spec, state, stateDescription: description }));
  }),

  implement(clsRbdMigration.get, (object) => readMigration(object)),

  implement(clsRbdMigration.remove, (object) => {
    readMigration(object);
    const features = requireKey(object, 'features', asU64);
    writeKey(object, 'features', u64(features & ~FEATURE.MIGRATING));
    removeKey(object, KEY);
  }),

  implement(clsRbdAssert.snapcSeq, (object, { seq, state }) => {
    const snapset = object.snapsetSeq();
    const above = snapset === null || seq > snapset;
    if (above !== (state === 'gt')) throw new CephError('ERANGE', `snapshot context ${seq}`);
  }),
];

function readMigration(object: ObjectContext): MigrationSpec {
  if ((requireKey(object, 'features', asU64) & FEATURE.MIGRATING) === 0) {
    throw new CephError('EINVAL', 'image is not in migration');
  }
  return requireKey(object, KEY, decodeMigrationSpec);
}

/** What an image in migration is shrunk by does not show again when it grows: as with a parent (rule MG4). */
export function lowerMigrationOverlap(object: ObjectContext, size: number): void {
  const spec = readKey(object, KEY, decodeMigrationSpec);
  if (spec === undefined || spec.headerType === 'source' || spec.overlap <= size) return;
  writeKey(object, KEY, encodeMigrationSpec({ ...spec, overlap: size }));
}
