import { deepCopyImage } from '../../../../engine/librbd/operation/deep-copy.ts';
import { rbdCommand } from '../command.ts';
import { runCopy } from '../copying.ts';
import { DEST, FOR_SNAP, FROM_IMAGE_OR_SNAP, LAYOUT, NO_PROGRESS_OPTION, TO_IMAGE } from '../options.ts';

export const deepCopy = rbdCommand(
  {
    words: ['deep', 'copy'],
    aliases: [['deep', 'cp']],
    summary: 'Copy an image with its snapshots and its link to a parent.',
    positionals: [FROM_IMAGE_OR_SNAP, TO_IMAGE],
    options: [
      ...FOR_SNAP,
      ...DEST,
      ...LAYOUT,
      { long: 'flatten', summary: "Copies the parent's data too, and drops the link" },
      NO_PROGRESS_OPTION,
    ],
  },
  (run) =>
    runCopy(run, {
      title: 'Image deep copy',
      words: 'deep copy failed',
      operation: (source, io, name, options, onProgress) =>
        deepCopyImage(source, io, name, { ...options, flatten: run.has('flatten') }, onProgress),
    }),
);
