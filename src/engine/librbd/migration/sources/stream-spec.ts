import { CephError } from '../../../base/errno.ts';
import type { JsonValue } from '../../../codec/json-value.ts';
import type { Rados } from '../../../librados/rados.ts';
import { fieldText } from '../source-spec.ts';
import { type FileStream, openFile } from './file-stream.ts';

/** Kinds of streams that the real one has, and that need a network. */
const NETWORK: ReadonlySet<string> = new Set(['http', 's3', 'nbd']);

/**
 * Opens the stream of a source, or of one of its snapshots. EINVAL for what is not said; ENOSYS for another kind;
 * EOPNOTSUPP for one that needs a network, which the simulated machine does not have.
 *
 * @ceph src/librbd/migration/SourceSpecBuilder.cc build_stream, FileStream.cc open — exact
 */
export function openStream(rados: Rados, source: JsonValue): FileStream {
  const stream = source.maybe('stream');
  if (stream?.isObject !== true) throw new CephError('EINVAL', 'failed to locate stream object');
  const type = fieldText(stream, 'type');
  if (type === null) throw new CephError('EINVAL', 'failed to locate stream type value');
  if (NETWORK.has(type)) throw new CephError('EOPNOTSUPP', `stream type '${type}' needs a network`);
  if (type !== 'file') throw new CephError('ENOSYS', `unknown or unsupported stream type '${type}'`);
  const path = fieldText(stream, 'file_path');
  if (path === null) throw new CephError('EINVAL', "failed to locate 'file_path' key");
  return openFile(rados, path);
}

/** The kind of network stream that a source-spec asks for, itself or for a snapshot; undefined for none. */
export function networkStream(source: JsonValue): string | undefined {
  const snapshots = source.maybe('snapshots');
  const all = [source, ...(snapshots?.isList === true ? snapshots.list() : [])];
  for (const each of all) {
    const stream = each.isObject ? each.maybe('stream') : undefined;
    const type = stream?.isObject === true ? fieldText(stream, 'type') : null;
    if (type !== null && NETWORK.has(type)) return type;
  }
  return undefined;
}
