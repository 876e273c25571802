import { demoteImage } from '../../../../engine/librbd/mirror/demote-image.ts';
import { mirrorImageInfo } from '../../../../engine/librbd/mirror/image-info.ts';
import { listMirrorImages } from '../../../../engine/librbd/mirror/list-images.ts';
import { withImage } from '../../../../engine/librbd/open.ts';
import { rbdCommand } from '../command.ts';
import { mirroredPool } from '../mirror-options.ts';
import { IN_POOL, POOL_SPEC } from '../options.ts';

export const mirrorPoolDemote = rbdCommand(
  {
    words: ['mirror', 'pool', 'demote'],
    summary: 'Let all images of a pool follow others.',
    positionals: [POOL_SPEC],
    options: IN_POOL,
  },
  function* (run) {
    const io = yield* mirroredPool(run, { validate: true });
    let count = 0;
    for (const [id] of yield* run.silently(listMirrorImages(io))) {
      yield* withImage(io, { id }, {}, function* (image) {
        const info = yield* mirrorImageInfo(image);
        if (info === null || !info.primary) return;
        yield* run.silently(demoteImage(image));
        count++;
      });
    }
    yield* run.print(`Demoted ${count} mirrored images\n`);
  },
);
