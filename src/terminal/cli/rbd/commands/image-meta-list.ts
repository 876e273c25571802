import { listMetadata } from '../../../../engine/librbd/operation/metadata.ts';
import { column, textTable } from '../../format/text-table.ts';
import { objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

const COLUMNS = [column('Key'), column('Value')];

export const imageMetaList = rbdCommand(
  {
    words: ['image-meta', 'list'],
    aliases: [['image-meta', 'ls']],
    summary: "List an image's metadata: keys and values of your own.",
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, ...FORMATS],
  },
  function* (run) {
    const spec = run.specs.image();
    const format = formatOf(run.args);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      const pairs = yield* orFail('listing metadata failed', listMetadata(image));
      if (format !== null) {
        const nodes = pairs.map(([key, value]) => valueNode(key, value));
        yield* run.print(formattedText(objectNode('metadatas', nodes), format));
        return;
      }
      const head = pairs.length === 1 ? 'There is 1 metadatum' : `There are ${pairs.length} metadata`;
      const table = pairs.length === 0 ? '.\n' : `:\n\n${textTable(COLUMNS, pairs)}`;
      yield* run.print(`${head} on this image${table}`);
    });
  },
);
