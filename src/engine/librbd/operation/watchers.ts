import type { Task } from '../../base/task.ts';
import type { Watcher } from '../../codec/osd-op.ts';
import type { ImageCtx } from '../image-ctx.ts';

/**
 * Clients that have the image open, without this handle's own watch.
 *
 * @ceph src/librbd/image/ListWatchersRequest.cc — exact with the filter of the own instance
 */
export function* listImageWatchers(image: ImageCtx): Task<readonly Watcher[]> {
  const watchers = yield* image.io.listWatchers(image.headerOid);
  const { clientId } = image.io.rados;
  return watchers.filter(({ client, cookie }) => client !== clientId || cookie !== image.cookie);
}
