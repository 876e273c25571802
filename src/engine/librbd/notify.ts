import { CephError } from '../base/errno.ts';
import { Decoder, encode } from '../codec/denc.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import { postToWatchers } from '../librados/watch-notify.ts';

/** In the order of their codes: what clients tell each other about an image, as far as these clients do. */
const NOTIFY_OPS = ['AcquiredLock', 'ReleasedLock', 'RequestLock', 'HeaderUpdate'] as const;
export type NotifyOp = (typeof NOTIFY_OPS)[number];

/**
 * Tells who watches an image's header from outside of librbd (`rbd watch`) what librbd's handles are told at once.
 *
 * @ceph src/librbd/WatchNotifyTypes.cc NotifyMessage::encode — exact for these
 */
export function postNotify(io: IoCtx, header: string, op: NotifyOp, handle = 0): void {
  postToWatchers(
    io,
    header,
    encode((encoder) =>
      encoder.struct(7, 1, (e) => {
        e.u32(NOTIFY_OPS.indexOf(op));
        if (op !== 'HeaderUpdate') e.u64(io.rados.clientId).u64(handle);
      }),
    ),
  );
}

/** What a message is about, as `rbd watch` names it; null where it is none. */
export function notifyOpOf(payload: Uint8Array): string | null {
  if (payload.length === 0) return 'HeaderUpdate';
  try {
    const code = new Decoder(payload).struct(7, (d) => {
      const op = d.u32();
      d.raw(d.remaining);
      return op;
    });
    return NOTIFY_OPS[code] ?? `Unknown (${code})`;
  } catch (error) {
    if (error instanceof CephError) return null;
    throw error;
  }
}
