import { type RbdBody, rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_ID, IMAGE_SPEC } from '../options.ts';

/** No client here has a cache on a disk of its own: it is always clean. */
function cacheCommand(word: string, summary: string, told: string) {
  const body: RbdBody = function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, { skipParent: true }, () => run.print(told));
  };
  const options = [...FOR_IMAGE, IMAGE_ID];
  return rbdCommand({ words: ['persistent-cache', word], summary, positionals: [IMAGE_SPEC], options }, body);
}

/** @ceph src/tools/rbd/action/PersistentCache.cc execute_flush — exact for an image without a cache */
export const persistentCacheFlush = cacheCommand(
  'flush',
  'Write a local cache back; here there is none, so that it is always clean.',
  'rbd: persistent cache is clean or disabled\n',
);

/** @ceph src/tools/rbd/action/PersistentCache.cc execute_invalidate — exact for an image without a cache */
export const persistentCacheInvalidate = cacheCommand(
  'invalidate',
  'Throw a local cache away; here there is none.',
  '',
);
