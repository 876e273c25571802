import { bytesData, bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { utf8Encode } from '../../base/utf8.ts';
import { HEADER_V1_MIGRATING_TEXT, HEADER_V1_TEXT, oldHeaderKind } from '../../codec/rbd-header-v1-codec.ts';
import { decodeMigrationSpec, encodeMigrationSpec, type MigrationSpec } from '../../codec/rbd-migration-codec.ts';
import { clsRbdAssert, clsRbdMigration } from '../../codec/rbd-migration-methods.ts';
import { FEATURE } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import { asU64, hasKey, readKey, removeKey, requireKey, u64, writeKey } from '../omap-values.ts';

const KEY = 'migration';

/** @ceph src/cls/rbd/cls_rbd.cc migration_*, assert_snapc_seq — exact */
export const MIGRATION_HANDLERS: readonly ClsHandler[] = [
  implement(clsRbdMigration.set, (object, spec) => {
    if (hasKey(object, KEY)) throw new CephError('EEXIST', 'migration header');
    const features = readKey(object, 'features', asU64);
    if (features === undefined) setOldMigrating(object, spec);
    else writeKey(object, 'features', u64(features | FEATURE.MIGRATING));
    writeKey(object, KEY, encodeMigrationSpec(spec));
  }),

  implement(clsRbdMigration.setState, (object, { state, description }) => {
    const spec = readMigration(object);
    writeKey(object, KEY, encodeMigrationSpec({ ...spec, state, stateDescription: description }));
  }),

  implement(clsRbdMigration.get, (object) => readMigration(object)),

  implement(clsRbdMigration.remove, (object) => {
    readMigration(object);
    const features = readKey(object, 'features', asU64);
    if (features === undefined) object.write(0, bytesData(utf8Encode(HEADER_V1_TEXT)));
    else writeKey(object, 'features', u64(features & ~FEATURE.MIGRATING));
    removeKey(object, KEY);
  }),

  implement(clsRbdAssert.snapcSeq, (object, { seq, state }) => {
    const snapset = object.snapsetSeq();
    const above = snapset === null || seq > snapset;
    if (above !== (state === 'gt')) throw new CephError('ERANGE', `snapshot context ${seq}`);
  }),
];

function readMigration(object: ObjectContext): MigrationSpec {
  const features = readKey(object, 'features', asU64);
  const migrating = features === undefined ? oldKind(object) === 'migrating' : (features & FEATURE.MIGRATING) !== 0;
  if (!migrating) throw new CephError('EINVAL', 'image is not in migration');
  return requireKey(object, KEY, decodeMigrationSpec);
}

/** The text that the header of an image of format 1 begins with says it. */
function setOldMigrating(object: ObjectContext, { headerType }: MigrationSpec): void {
  if (oldKind(object) === 'migrating') throw new CephError('EEXIST', 'migration header');
  if (headerType !== 'source') throw new CephError('EINVAL', 'an image of format 1 can only be a source');
  object.write(0, bytesData(utf8Encode(HEADER_V1_MIGRATING_TEXT)));
}

function oldKind(object: ObjectContext): 'image' | 'migrating' {
  const kind = oldHeaderKind(bytesOfData(object.read(0, HEADER_V1_TEXT.length)));
  if (kind === null) throw new CephError('ENXIO', 'unrecognized header format');
  return kind;
}

/** What an image in migration is shrunk by does not show again when it grows: as with a parent (rule MG4). */
export function lowerMigrationOverlap(object: ObjectContext, size: number): void {
  const spec = readKey(object, KEY, decodeMigrationSpec);
  if (spec === undefined || spec.headerType === 'source' || spec.overlap <= size) return;
  writeKey(object, KEY, encodeMigrationSpec({ ...spec, overlap: size }));
}
