import { CephError, cppStrerror, ERRNO } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { clsRbdChildren, clsRbdHeader, clsRbdMetadata, clsRbdParent } from '../../codec/cls-rbd-methods.ts';
import { FEATURE, OP_FEATURE, type ParentImageSpec } from '../../codec/rbd-types.ts';
import { logError } from '../../librados/error-log.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { poolConfig } from '../config.ts';
import { imageSpec } from '../events.ts';
import { FEATURES_IMPLICIT } from '../features.ts';
import type { ImageCtx, ImageSnap } from '../image-ctx.ts';
import { mirrorNewImage, requireMirroredPool } from '../mirror/new-image.ts';
import { headerName, RBD_CHILDREN } from '../object-names.ts';
import { closingImage, openImage } from '../open.ts';
import { createObjects, emitCreated } from './create.ts';
import { type CreateOptions, planCreate } from './create-plan.ts';
import { listMetadataOf } from './metadata.ts';

const CLONE_REQUEST = '*librbd::image::CloneRequest';

export interface CloneSource {
  readonly io: IoCtx;
  readonly imageName: string;
  /** A user's snapshot by its name, or one of any namespace by its id. */
  readonly snapName?: string;
  readonly snapId?: number;
}

export interface CloneOptions extends CreateOptions {
  /** 1 or 2; unless given, what the cluster's `require_min_compat_client` allows: 2 from mimic on. */
  readonly cloneFormat?: 1 | 2;
}

/**
 * Makes a clone of a snapshot and answers its id. ENOENT; EEXIST for a name in use; EINVAL for format 1 of an
 * unprotected snapshot; EXDEV for format 1 across namespaces; ENOSYS without layering.
 *
 * @ceph src/librbd/image/CloneRequest.cc — exact
 */
export function* cloneImage(source: CloneSource, io: IoCtx, name: string, options: CloneOptions = {}): Task<string> {
  const config = yield* poolConfig(io);
  const format = options.cloneFormat ?? defaultCloneFormat(io, config('rbd_default_clone_format'));
  return yield* closingImage(yield* openParent(source), function* (parent) {
    if (format === 1 && source.io.nspace !== io.nspace) throw new CephError('EXDEV', 'clone v2 required');
    const features = options.features ?? parent.header.features & ~FEATURES_IMPLICIT;
    logging(io, () => validateParent(parent, format, features));
    const id = yield* createChild(parent, io, name, {
      dataPool: config('rbd_default_data_pool'),
      ...options,
      features,
    });
    yield* attach(parent, io, id, format);
    emitCreated(io, name, id, imageSpec(parent));
    yield* mirrorNewImage(io, id, features, options.mirrorMode);
    return id;
  });
}

/** The snapshot that is cloned; the client logs where there is an image, but not that snapshot. */
function* openParent({ io, imageName, snapName, snapId }: CloneSource): Task<ImageCtx> {
  const at = snapId === undefined ? { snapName: snapName ?? '' } : { snapId };
  try {
    return yield* openImage(io, { name: imageName }, { ...at, readOnly: true, skipParent: true });
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    if (error.context.startsWith('failed to find snapshot'))
      logMissingSnap(io, snapId === undefined ? snapName : undefined);
    throw error;
  }
}

function logMissingSnap({ rados }: IoCtx, snapName?: string): void {
  const reason = cppStrerror(ERRNO.ENOENT);
  if (snapName === undefined) logError(rados, 'librbd::image::OpenRequest', `failed to set image snapshot: ${reason}`);
  else {
    logError(rados, 'librbd::image::RefreshRequest', `failed to locate snapshot: ${snapName}`);
    logError(rados, 'librbd::image::OpenRequest', `failed to find snapshot ${snapName}`);
  }
  logError(rados, CLONE_REQUEST, `handle_open_parent: failed to open parent image: ${reason}`);
}

function* createChild(parent: ImageCtx, io: IoCtx, name: string, options: CloneOptions): Task<string> {
  const { order, stripeUnit, stripeCount } = parent.header;
  try {
    const plan = planCreate(io, parent.size, { order, stripeUnit, stripeCount, ...options });
    if (options.mirrorMode !== undefined) yield* requireMirroredPool(io);
    return yield* createObjects(io, name, parent.size, plan);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    logError(io.rados, CLONE_REQUEST, `handle_create_child: error creating child: ${cppStrerror(error.errno)}`);
    throw error;
  }
}

/** What the check says goes to the client's log. */
function logging(io: IoCtx, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (error instanceof CephError && error.context !== '') {
      logError(io.rados, CLONE_REQUEST, error.context);
    }
    throw error;
  }
}

const RELEASES_BEFORE_MIMIC = ['argonaut', 'bobtail', 'cuttlefish', 'dumpling', 'emperor', 'firefly', 'giant'];
const MORE_BEFORE_MIMIC = ['hammer', 'infernalis', 'jewel', 'kraken', 'luminous', 'unknown', ''];

/** @ceph src/librbd/image/CloneRequest.cc validate_options — `rbd_default_clone_format` auto */
function defaultCloneFormat(io: IoCtx, configured: string): 1 | 2 {
  if (configured !== 'auto') return configured === '1' ? 1 : 2;
  if (io.rados.port.era.oldHeaders) return 1;
  const { requireMinCompatClient, minCompatClient } = io.rados.osdMap;
  const old = (release: string): boolean =>
    RELEASES_BEFORE_MIMIC.includes(release) || MORE_BEFORE_MIMIC.includes(release);
  return old(requireMinCompatClient) && old(minCompatClient) ? 1 : 2;
}

function validateParent(parent: ImageCtx, format: 1 | 2, features: number): void {
  if (parent.oldFormat) throw new CephError('ENOENT', 'parent of format 1');
  if (!parent.has(FEATURE.LAYERING))
    throw new CephError('ENOSYS', 'validate_parent: parent image must support layering');
  if (format === 1) requireProtected(parent.snap);
  if ((features & FEATURE.LAYERING) === 0)
    throw new CephError('ENOSYS', 'validate_child: cloning image must support layering');
}

function requireProtected(snap: ImageSnap | undefined): void {
  if (snap?.protection !== 'protected')
    throw new CephError('EINVAL', 'validate_parent: parent snapshot must be protected');
}

/** Ties the child to its parent: the link in its header, its entry with the parent, and the parent's settings. */
function* attach(parent: ImageCtx, io: IoCtx, id: string, format: 1 | 2): Task<void> {
  const header = headerName(id);
  const spec = { pool: parent.io.poolId, nspace: parent.io.nspace, imageId: parent.id, snapId: parent.snapId };
  yield* io.exec(header, clsRbdParent.attach, { parent: spec, overlap: parent.size, reattach: false });
  if (format === 1) yield* attachV1(io, spec, id);
  else yield* attachV2(parent, io, id);
  const metadata = yield* listMetadataOf(parent.io, parent.headerOid);
  if (metadata.length > 0) yield* io.exec(header, clsRbdMetadata.set, { entries: new Map(metadata) });
}

function* attachV1(io: IoCtx, parent: ParentImageSpec, childId: string): Task<void> {
  yield* io.exec(RBD_CHILDREN, clsRbdChildren.add, { parent: { ...parent, nspace: '' }, childId });
}

function* attachV2(parent: ImageCtx, io: IoCtx, id: string): Task<void> {
  const bit = OP_FEATURE.CLONE_CHILD;
  yield* io.exec(headerName(id), clsRbdHeader.opFeaturesSet, { opFeatures: bit, mask: bit });
  const child = { pool: io.poolId, nspace: io.nspace, imageId: id };
  yield* parent.io.exec(parent.headerOid, clsRbdChildren.attach, { snapId: parent.snapId, child });
}
