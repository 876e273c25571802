import { disableMirrorImage } from '../../../../engine/librbd/mirror/disable-image.ts';
import { rbdCommand } from '../command.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, IMAGE_SPEC } from '../options.ts';

export const mirrorImageDisable = rbdCommand(
  {
    words: ['mirror', 'image', 'disable'],
    summary: 'Mirror an image no more.',
    positionals: [IMAGE_SPEC],
    options: [{ long: 'force', summary: 'Also one that follows another' }, ...FOR_IMAGE],
  },
  function* (run) {
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, {}, (image) => run.silently(disableMirrorImage(image, run.has('force'))));
    yield* run.print('Mirroring disabled\n');
  },
);
