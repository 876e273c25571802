import type { Data } from '../../../base/data.ts';
import { CephError } from '../../../base/errno.ts';
import type { Task } from '../../../base/task.ts';
import type { Rados } from '../../../librados/rados.ts';
import { readSource, sourceType } from '../source-spec.ts';
import { openQcow } from './qcow/qcow.ts';
import { openRaw } from './raw.ts';

export interface ForeignSnap {
  readonly id: number;
  readonly name: string;
  readonly size: number;
}

/** The source of an import that is no image of this cluster. */
export interface ForeignSource {
  readonly spec: string;
  /** Bytes of the head. */
  readonly size: number;
  /** Oldest first; ids from 1. */
  readonly snaps: readonly ForeignSnap[];
  /** Does not tell what changed from state to state: all of it is written each time. */
  readonly dense: boolean;
  /** A stretch of a snapshot, or of the head (NOSNAP); what the source does not hold is a hole. */
  read(snapId: number, off: number, len: number): Task<Data>;
}

/**
 * Opens the files that a source-spec names. ENOENT; EINVAL, EOPNOTSUPP, ERANGE for what is in them; EINVAL and ENOSYS for
 * what the source-spec says.
 *
 * @ceph src/librbd/migration/OpenSourceImageRequest.cc, SourceSpecBuilder.cc — exact for streams of type file
 */
export function* openForeign(rados: Rados, spec: string): Task<ForeignSource> {
  const value = readSource(spec);
  const type = sourceType(spec);
  if (type === 'raw') return openRaw(rados, spec, value);
  if (type === 'qcow') return yield* openQcow(rados, spec, value);
  throw new CephError('EINVAL', 'an image of the cluster is no foreign source');
}
