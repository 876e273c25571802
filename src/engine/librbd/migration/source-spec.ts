import { CephError, isErrno } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { utf8Encode } from '../../base/utf8.ts';
import { type JsonValue, readJson } from '../../codec/json-value.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { imageIdOf } from '../image-names.ts';

/** An image of this cluster that is the source of an import: one of its snapshots. */
export interface NativeSource {
  readonly io: IoCtx;
  readonly imageName: string;
  readonly imageId: string;
  readonly snapName: string;
}

/** The value of a source-spec. EBADMSG for what is no JSON object. */
export function readSource(text: string): JsonValue {
  try {
    const value = readJson(utf8Encode(text));
    if (!value.isObject) throw new CephError('EBADMSG', 'source-spec is no object');
    return value;
  } catch (error) {
    if (error instanceof CephError) throw new CephError('EBADMSG', 'failed to parse source-spec');
    throw error;
  }
}

/** `type` of a source-spec: `native`, `raw`, `qcow`. EINVAL without, ENOSYS for another. */
export function sourceType(text: string): 'native' | 'raw' | 'qcow' {
  const type = fieldText(readSource(text), 'type');
  if (type === null) throw new CephError('EINVAL', 'failed to locate format type key');
  if (type === 'native' || type === 'raw' || type === 'qcow') return type;
  throw new CephError('ENOSYS', `unknown or unsupported format type '${type}'`);
}

/** The source is an image of this cluster. */
export function isNative(text: string): boolean {
  return sourceType(text) === 'native';
}

/**
 * The image that a `native` source-spec names. ENOENT; EINVAL where pool, image or snapshot are not said.
 *
 * @ceph src/librbd/migration/NativeFormat.cc create_image_ctx — exact within one cluster, by names of snapshots
 */
export function* openNative(io: IoCtx, text: string): Task<NativeSource> {
  const value = readSource(text);
  const poolName = fieldText(value, 'pool_name');
  const poolId = fieldNumber(value, 'pool_id');
  const imageName = fieldText(value, 'image_name');
  const snapName = fieldText(value, 'snap_name');
  if (poolName === null && poolId === null) throw new CephError('EINVAL', 'missing pool name or pool id');
  if (imageName === null) throw new CephError('EINVAL', 'missing image name');
  if (snapName === null) throw new CephError('EINVAL', 'snap name or snap id required for import');
  const nspace = fieldText(value, 'pool_namespace') ?? '';
  const source =
    poolName === null ? io.rados.ioCtx(poolId ?? -1, nspace) : io.rados.ioCtx(poolName).inNamespace(nspace);
  return { io: source, imageName, imageId: yield* imageIdOf(source, imageName), snapName };
}

/** A source-spec as it is stored: keys in order, no blanks. */
export function canonicalSpec(text: string): string {
  return JSON.stringify(sorted(JSON.parse(text)));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** A field that is a text; null where it is not there, or is something else. */
export function fieldText(value: JsonValue, key: string): string | null {
  return optional(() => value.maybe(key)?.text() ?? null);
}

function fieldNumber(value: JsonValue, key: string): number | null {
  return optional(() => value.maybe(key)?.int(0, Number.MAX_SAFE_INTEGER) ?? null);
}

/** Null for what is not there, or is something else. */
function optional<T>(read: () => T | null): T | null {
  try {
    return read();
  } catch (error) {
    if (isErrno(error, 'EINVAL')) return null;
    throw error;
  }
}
