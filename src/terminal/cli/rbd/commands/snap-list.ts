import type { ImageSnap } from '../../../../engine/librbd/image-ctx.ts';
import { hasOption, optionValue } from '../../command.ts';
import { ctimeText } from '../../format/dates.ts';
import { byteText } from '../../format/size-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, type PlainObject } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_ID, IMAGE_SPEC } from '../options.ts';

const COLUMNS = [
  column('SNAPID', 'left', 'right'),
  column('NAME'),
  column('SIZE'),
  column('PROTECTED'),
  column('TIMESTAMP'),
];

export const snapList = rbdCommand(
  {
    words: ['snap', 'list'],
    aliases: [['snap', 'ls']],
    summary: 'Name the snapshots of an image.',
    positionals: [IMAGE_SPEC],
    options: [
      ...FOR_IMAGE,
      IMAGE_ID,
      ...FORMATS,
      { long: 'all', short: 'a', summary: 'Those of groups, mirrors and the trash too' },
    ],
  },
  function* (run) {
    const format = formatOf(run.args);
    const id = optionValue(run.args, 'image-id');
    const all = hasOption(run.args, 'all');
    const { io, spec } = yield* run.openSpec({ imageRequired: id === undefined });
    const target = id === undefined ? { name: spec.image } : { id };
    yield* onImage(io, target, { readOnly: true, skipParent: true }, function* (image) {
      const snaps = image.header.snaps.filter(({ namespace }) => all || namespace.type === 'user');
      if (format !== null) {
        yield* run.print(
          formattedText(
            arrayNode(
              'snapshots',
              snaps.map((snap) => snapNode(snap, all)),
            ),
            format,
          ),
        );
      } else if (snaps.length > 0) {
        const columns = all ? [...COLUMNS, column('NAMESPACE')] : COLUMNS;
        yield* run.print(
          textTable(
            columns,
            snaps.map((snap) => cells(snap, all)),
          ),
        );
      }
    });
  },
);

function cells(snap: ImageSnap, all: boolean): (string | number)[] {
  const row = [
    snap.id,
    snap.name,
    byteText(snap.size),
    snap.protection === 'protected' ? 'yes' : '',
    ctimeText(snap.timestamp_us),
  ];
  return all ? [...row, namespaceText(snap)] : row;
}

function namespaceText({ namespace }: ImageSnap): string {
  if (namespace.type === 'trash') return `trash (${namespace.originalType} ${namespace.originalName})`;
  return namespace.type;
}

function snapNode(snap: ImageSnap, all: boolean): FormatNode {
  return nodeOf('snapshot', {
    id: snap.id,
    name: snap.name,
    size: snap.size,
    protected: snap.protection === 'protected' ? 'true' : 'false',
    timestamp: ctimeText(snap.timestamp_us),
    namespace: all ? namespacePlain(snap) : undefined,
  });
}

function namespacePlain({ namespace }: ImageSnap): PlainObject {
  if (namespace.type !== 'trash') return { type: namespace.type };
  return { type: 'trash', original_namespace_type: namespace.originalType, original_name: namespace.originalName };
}
