import { copyImage } from '../../../../engine/librbd/operation/copy.ts';
import { rbdCommand } from '../command.ts';
import { runCopy } from '../copying.ts';
import { DEST, FOR_SNAP, FROM_IMAGE_OR_SNAP, LAYOUT, NO_PROGRESS_OPTION, SPARSE_SIZE, TO_IMAGE } from '../options.ts';
import { bytesOption } from '../values.ts';

export const copy = rbdCommand(
  {
    words: ['copy'],
    aliases: [['cp']],
    summary: 'Copy an image or one of its snapshots, without its past.',
    description: 'The copy is an image of its own: data of a parent is copied with it, snapshots are not.',
    positionals: [FROM_IMAGE_OR_SNAP, TO_IMAGE],
    options: [...FOR_SNAP, ...DEST, ...LAYOUT, SPARSE_SIZE, NO_PROGRESS_OPTION],
  },
  function* (run) {
    const sparseSize = bytesOption(run.args, 'sparse-size');
    yield* runCopy(run, {
      title: 'Image copy',
      words: 'copy failed',
      operation: (source, io, name, options, onProgress) =>
        copyImage(source, io, name, { ...options, ...(sparseSize === undefined ? {} : { sparseSize }) }, onProgress),
    });
  },
);
