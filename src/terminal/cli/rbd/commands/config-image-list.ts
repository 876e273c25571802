import { listImageConfig } from '../../../../engine/librbd/config.ts';
import { rbdCommand } from '../command.ts';
import { configTable, entryRows } from '../config-table.ts';
import { formatOf } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const configImageList = rbdCommand(
  {
    words: ['config', 'image', 'list'],
    aliases: [['config', 'image', 'ls']],
    summary: 'List all options as they are for an image, and where from.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, ...FORMATS],
  },
  function* (run) {
    const spec = run.specs.image();
    const format = formatOf(run.args);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      const entries = yield* orFail('failed to list config', listImageConfig(image.io, image.headerOid));
      if (format === null) {
        const count = entries.length === 1 ? 'is 1 value' : `are ${entries.length} values`;
        yield* run.print(`There ${count}:\n`);
      }
      yield* run.print(configTable(entryRows(entries), 'Source', format));
    });
  },
);
