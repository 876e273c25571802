import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import type { JsonValue } from '../../codec/json-value.ts';
import { NOSNAP } from '../../codec/snap.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { imageIdOf } from '../image-names.ts';
import type { OpenOptions } from '../open.ts';
import { readSource } from './source-spec.ts';

/** An image of this cluster that is the source of an import: one of its snapshots. */
interface NativeSource {
  readonly io: IoCtx;
  readonly imageId: string;
  /** Opens the snapshot, for reading. */
  readonly at: OpenOptions;
}

/** What a `native` source-spec says of its image. */
interface NativeSpec {
  readonly pool: string | number;
  readonly nspace: string;
  readonly imageName: string;
  readonly imageId: string | undefined;
  readonly snap: Pick<OpenOptions, 'snapName' | 'snapId'>;
}

/**
 * The image that a `native` source-spec names. ENOENT for what is not there; EINVAL where pool, image or snapshot are not
 * said, are said twice, or are no name or id; EOPNOTSUPP for an image of another cluster, of which there is none.
 *
 * @ceph src/librbd/migration/NativeFormat.cc create_image_ctx — exact within one cluster
 */
export function* openNative(io: IoCtx, text: string): Task<NativeSource> {
  const spec = readNative(readSource(text));
  const source = io.rados.ioCtx(spec.pool).inNamespace(spec.nspace);
  const imageId = spec.imageId ?? (yield* imageIdOf(source, spec.imageName));
  return { io: source, imageId, at: { ...spec.snap, readOnly: true } };
}

function readNative(value: JsonValue): NativeSpec {
  refuseOtherCluster(value);
  const pool = readPool(value);
  const nspace = text(value, 'pool_namespace', 'pool namespace') ?? '';
  const imageName = text(value, 'image_name', 'image name');
  if (imageName === undefined) throw new CephError('EINVAL', 'missing image name');
  const imageId = text(value, 'image_id', 'image id') || undefined;
  return { pool, nspace, imageName, imageId, snap: readSnap(value) };
}

function refuseOtherCluster(value: JsonValue): void {
  const cluster = text(value, 'cluster_name', 'cluster name') ?? '';
  if (cluster !== '') throw new CephError('EOPNOTSUPP', `cluster ${cluster} is not there`);
  if (value.maybe('client_name') !== undefined) {
    throw new CephError('EINVAL', 'cannot specify client name without cluster name');
  }
}

function readPool(value: JsonValue): string | number {
  const name = text(value, 'pool_name', 'pool name') ?? '';
  if (value.maybe('pool_id') === undefined) {
    if (name === '') throw new CephError('EINVAL', 'missing pool name or pool id');
    return name;
  }
  if (name !== '') throw new CephError('EINVAL', 'cannot specify both pool name and pool id');
  return number(value, 'pool_id', 'pool id');
}

function readSnap(value: JsonValue): NativeSpec['snap'] {
  const snapName = text(value, 'snap_name', 'snap name') ?? '';
  if (value.maybe('snap_id') === undefined) {
    if (snapName === '') throw new CephError('EINVAL', 'snap name or snap id required for import');
    return { snapName };
  }
  if (snapName !== '') throw new CephError('EINVAL', 'cannot specify both snap name and snap id');
  return { snapId: number(value, 'snap_id', 'snap id') };
}

/** A field that is a text; undefined where it is not there. */
function text(value: JsonValue, key: string, what: string): string | undefined {
  return orInvalid(what, () => value.maybe(key)?.text());
}

/** A field that is a number, or one written as a text. */
function number(value: JsonValue, key: string, what: string): number {
  return orInvalid(what, () => value.at(key).int(0, NOSNAP - 1));
}

function orInvalid<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (isErrno(error, 'EINVAL')) throw new CephError('EINVAL', `invalid ${what}`);
    throw error;
  }
}
