import { bytesData, bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { decodeTmap, encodeTmap } from '../../codec/tmap-codec.ts';
import type { OpContext } from '../op-context.ts';
import { writeFull } from './write-full.ts';

/**
 * Changes keys of a trivial map, which is the object's data; the object is made where it is missing. ENOENT for a key
 * to remove that is not there.
 *
 * @ceph src/osd/PrimaryLogPG.cc do_tmapup — exact for keys to set and to remove
 */
export function tmapUp(context: OpContext, { updates }: OsdOp & { readonly op: 'tmap-up' }): void {
  if (context.pool.type === 'erasure') throw new CephError('EOPNOTSUPP', 'tmap on an erasure pool');
  const { header, entries: before } = decodeTmap(context.exists ? bytesOfData(context.target.data) : new Uint8Array());
  const entries = new Map(before);
  for (const update of updates) {
    if (update.kind === 'set') entries.set(update.key, update.value);
    else if (!entries.delete(update.key)) throw new CephError('ENOENT', update.key);
  }
  writeFull(context, { op: 'write-full', data: bytesData(encodeTmap({ header, entries })) });
}
