import { denseData } from '../../../base/data.ts';
import { CephError } from '../../../base/errno.ts';
import type { JsonValue } from '../../../codec/json-value.ts';
import { NOSNAP } from '../../../codec/snap.ts';
import type { Rados } from '../../../librados/rados.ts';
import { fieldText } from '../source-spec.ts';
import { type FileStream, readStretch } from './file-stream.ts';
import type { ForeignSnap, ForeignSource } from './foreign-source.ts';
import { openStream } from './stream-spec.ts';

/** More snapshots than a migration of Ceph's own images may have. */
const MOST_SNAPS = 510;

/**
 * A raw file, and one more for each snapshot: byte for byte the image.
 *
 * @ceph src/librbd/migration/RawFormat.cc, RawSnapshot.cc — exact
 */
export function openRaw(rados: Rados, spec: string, value: JsonValue): ForeignSource {
  const streams = new Map<number, FileStream>([[NOSNAP, openSized(rados, value)]]);
  const snaps: ForeignSnap[] = [];
  for (const [index, each] of snapshotsOf(value).entries()) {
    const id = index + 1;
    const name = snapName(rados, each);
    const stream = openSized(rados, each);
    streams.set(id, stream);
    snaps.push({ id, name, size: stream.size() });
  }
  const streamOf = (snapId: number): FileStream => {
    const stream = streams.get(snapId);
    if (stream === undefined) throw new CephError('ENOENT', `snapshot ${snapId}`);
    return stream;
  };
  return {
    spec,
    size: streamOf(NOSNAP).size(),
    snaps,
    dense: true,
    *read(snapId, off, len) {
      return denseData(yield* readStretch(streamOf(snapId), off, len));
    },
  };
}

/** /dev/zero has no end. */
function openSized(rados: Rados, value: JsonValue): FileStream {
  const stream = openStream(rados, value);
  if (!Number.isSafeInteger(stream.size())) throw new CephError('EINVAL', 'a stream without an end');
  return stream;
}

function snapshotsOf(value: JsonValue): readonly JsonValue[] {
  const snapshots = value.maybe('snapshots');
  if (snapshots === undefined) return [];
  if (!snapshots.isList || snapshots.size > MOST_SNAPS) throw new CephError('EINVAL', 'invalid snapshots array');
  for (const [index, each] of snapshots.list().entries()) checkSnap(each, index + 1);
  return snapshots.list();
}

function checkSnap(each: JsonValue, index: number): void {
  if (!each.isObject) throw new CephError('EINVAL', `invalid snapshot ${index} JSON`);
  const type = fieldText(each, 'type');
  if (type === null) throw new CephError('EINVAL', 'failed to locate snapshot type value');
  if (type !== 'raw') throw new CephError('ENOSYS', `unknown or unsupported snapshot type '${type}'`);
}

function snapName(rados: Rados, each: JsonValue): string {
  if (each.maybe('name') === undefined) return rados.port.newUuid();
  const name = fieldText(each, 'name');
  if (name === null) throw new CephError('EINVAL', 'invalid snapshot name');
  return name;
}
