import { CephError } from '../base/errno.ts';
import { LOCK_TYPES, type Locker, type LockInfo } from './cls-lock-methods.ts';
import { type Decoder, encode } from './denc.ts';
import { decodeAddress, decodeClientName, encodeAddress, encodeClientName, showClient } from './entity-codec.ts';
import { showTime } from './show.ts';

/** What stands before a lock's name in the name of its xattr. */
export const LOCK_XATTR_PREFIX = 'lock.';

/**
 * The value of the xattr `lock.NAME`.
 * @ceph src/cls/lock/cls_lock_types.h lock_info_t::encode — exact
 */
export function encodeLockInfo(info: LockInfo): Uint8Array {
  return encode((encoder) =>
    encoder.struct(1, 1, (e) => {
      e.list([...info.lockers].sort(compareLockers), (item, locker) => {
        item.struct(1, 1, (id) => {
          encodeClientName(id, locker.client);
          id.string(locker.cookie);
        });
        item.struct(1, 1, (i) => {
          i.utime(locker.expiration_us);
          encodeAddress(i, locker.address);
          i.string(locker.description);
        });
      });
      e.u8(LOCK_TYPES.indexOf(info.type)).string(info.tag);
    }),
  );
}

export function decodeLockInfo(decoder: Decoder): LockInfo {
  return decoder.struct(1, (d) => {
    const lockers = d.list((item, index) =>
      item.field(`locker[${index}]`, decodeLocker, (locker) => showClient(locker.client)),
    );
    const code = d.field(
      'lock_type',
      (f) => f.u8(),
      (type) => `${type} (${LOCK_TYPES[type] ?? 'unknown'})`,
    );
    const type = LOCK_TYPES[code];
    if (type === undefined) throw new CephError('EINVAL', `lock type ${code}`);
    return { type, tag: d.field('tag', (f) => f.string()), lockers };
  });
}

function decodeLocker(decoder: Decoder): Locker {
  const id = decoder.struct(1, (d) => {
    const client = d.field('locker', decodeClientName, showClient);
    return { client, cookie: d.field('cookie', (f) => f.string()) };
  });
  const info = decoder.struct(1, (d) => ({
    expiration_us: d.field('expiration', (f) => f.utime(), showTime),
    address: d.field('addr', decodeAddress),
    description: d.field('description', (f) => f.string()),
  }));
  return { ...id, ...info };
}

/** The order of `std::map<locker_id_t, …>`. */
export function compareLockers(a: Locker, b: Locker): number {
  return a.client - b.client || (a.cookie < b.cookie ? -1 : a.cookie > b.cookie ? 1 : 0);
}
