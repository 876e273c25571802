import type { Task } from '../base/task.ts';
import { imageConfig } from './config.ts';
import type { ImageCtx } from './image-ctx.ts';

/** Before a client's lock is taken away: it is shut out, so that it can write no more, unless the configuration says not to. */
export function* blockLocker({ io, headerOid }: ImageCtx, client: number): Task<void> {
  const config = yield* imageConfig(io, headerOid);
  if (config('rbd_blocklist_on_break_lock') !== 'true') return;
  yield* io.rados.port.blockClient(client, Number(config('rbd_blocklist_expire_seconds')));
}
