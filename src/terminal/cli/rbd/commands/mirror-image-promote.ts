import { promoteImage } from '../../../../engine/librbd/mirror/promote-image.ts';
import { rbdCommand } from '../command.ts';
import { onMirrored, orWords } from '../mirror-options.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';

export const mirrorImagePromote = rbdCommand(
  {
    words: ['mirror', 'image', 'promote'],
    summary: 'Let an image lead.',
    positionals: [IMAGE_SPEC],
    options: [{ long: 'force', summary: 'Also where the image that leads cannot be asked' }, ...FOR_IMAGE],
  },
  function* (run) {
    const force = run.has('force');
    yield* onMirrored(run, (image) => orWords('error promoting image to primary', promoteImage(image, force)));
    yield* run.print('Image promoted to primary\n');
  },
);
