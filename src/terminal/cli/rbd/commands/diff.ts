import { diffImage } from '../../../../engine/librbd/operation/diff.ts';
import { optionValue } from '../../command.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, FORMATS, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

const COLUMNS = [column('Offset'), column('Length'), column('Type')];

export const diff = rbdCommand(
  {
    words: ['diff'],
    summary: 'List what differs since a snapshot, or since the image was made.',
    positionals: [IMAGE_OR_SNAP_SPEC],
    options: [
      ...FOR_SNAP,
      { long: 'from-snap', type: 'string', summary: 'The snapshot to compare with' },
      { long: 'whole-object', summary: 'Whole objects, told from the object map' },
      ...FORMATS,
    ],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, spec } = yield* run.openSpec({ snap: 'permitted' });
    const from = optionValue(run.args, 'from-snap') ?? null;
    const at = spec.snap === '' ? {} : { snapName: spec.snap };
    yield* onImage(io, { name: spec.image }, { readOnly: true, ...at }, function* (image) {
      const extents = yield* orFail('diff error', diffImage(image, from, { wholeObject: run.has('whole-object') }));
      if (format !== null) {
        const nodes = extents.map(({ offset, length, exists }) =>
          nodeOf('extent', { offset, length, exists: String(exists) }),
        );
        yield* run.print(formattedText(arrayNode('extents', nodes), format));
        return;
      }
      const rows = extents.map(({ offset, length, exists }) => [offset, length, exists ? 'data' : 'zero']);
      if (rows.length > 0) yield* run.print(textTable(COLUMNS, rows));
    });
  },
);
