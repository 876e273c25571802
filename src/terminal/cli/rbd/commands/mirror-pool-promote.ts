import { mirrorImageInfo } from '../../../../engine/librbd/mirror/image-info.ts';
import { listMirrorImages } from '../../../../engine/librbd/mirror/list-images.ts';
import { promoteImage } from '../../../../engine/librbd/mirror/promote-image.ts';
import { withImage } from '../../../../engine/librbd/open.ts';
import { rbdCommand } from '../command.ts';
import { mirroredPool } from '../mirror-options.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';

export const mirrorPoolPromote = rbdCommand(
  {
    words: ['mirror', 'pool', 'promote'],
    summary: 'Let all images of a pool lead.',
    positionals: [POOL_SPEC],
    options: [{ long: 'force', summary: 'Also where images that lead cannot be asked' }, ...IN_POOL],
  },
  function* (run) {
    const io = yield* mirroredPool(run, { validate: true });
    let count = 0;
    for (const [id] of yield* run.silently(listMirrorImages(io))) {
      yield* withImage(io, { id }, {}, function* (image) {
        const info = yield* mirrorImageInfo(image);
        if (info === null || info.primary) return;
        yield* run.silently(promoteImage(image, run.has('force')));
        count++;
      });
    }
    yield* run.print(`Promoted ${count} mirrored images\n`);
  },
);
