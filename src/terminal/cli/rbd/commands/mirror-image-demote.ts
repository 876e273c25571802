import { demoteImage } from '../../../../engine/librbd/mirror/demote-image.ts';
import { rbdCommand } from '../command.ts';
import { onMirrored, orWords } from '../mirror-options.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';

export const mirrorImageDemote = rbdCommand(
  {
    words: ['mirror', 'image', 'demote'],
    summary: 'Let an image follow another: nobody writes to it then.',
    positionals: [IMAGE_SPEC],
    options: FOR_IMAGE,
  },
  function* (run) {
    yield* onMirrored(run, (image) => orWords('error demoting image to non-primary', demoteImage(image)));
    yield* run.print('Image demoted to non-primary\n');
  },
);
