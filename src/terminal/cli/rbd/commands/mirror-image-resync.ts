import { resyncImage } from '../../../../engine/librbd/mirror/resync-image.ts';
import { rbdCommand } from '../command.ts';
import { onMirrored, orWords } from '../mirror-options.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';

export const mirrorImageResync = rbdCommand(
  {
    words: ['mirror', 'image', 'resync'],
    summary: 'Copy an image from the one that leads again.',
    description: 'It is noted down for the daemon that copies.',
    positionals: [IMAGE_SPEC],
    options: FOR_IMAGE,
  },
  function* (run) {
    yield* onMirrored(run, (image) => orWords('error flagging image resync', resyncImage(image)));
    yield* run.print('Flagged image for resync from primary\n');
  },
);
