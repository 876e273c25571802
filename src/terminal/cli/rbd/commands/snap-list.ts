import type { ImageSnap } from '../../../../engine/librbd/image-ctx.ts';
import { type GroupSnapName, groupSnapOfImage } from '../../../../engine/librbd/operation/image-group.ts';
import { hasOption, optionValue } from '../../command.ts';
import { ctimeText } from '../../format/dates.ts';
import { eraText } from '../../format/era-text.ts';
import { byteText } from '../../format/size-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, type PlainObject } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { mirrorNamespacePlain, mirrorNamespaceText } from '../mirror-namespace.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_ID, IMAGE_SPEC } from '../options.ts';

const COLUMNS = [
  column('SNAPID', 'left', 'right'),
  column('NAME'),
  column('SIZE'),
  column('PROTECTED'),
  column('TIMESTAMP'),
];

const OLD_COLUMNS = [column('SNAPID', 'right'), column('NAME'), column('SIZE', 'right')];

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
      const snaps: Row[] = [];
      for (const snap of image.header.snaps) {
        if (!all && snap.namespace.type !== 'user') continue;
        snaps.push({ ...snap, group: all ? yield* groupSnapOfImage(image, snap) : null });
      }
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
        const text = eraText(run.process.cluster);
        const columns = text.old ? OLD_COLUMNS : all ? [...COLUMNS, column('NAMESPACE')] : COLUMNS;
        yield* run.print(
          textTable(
            columns,
            snaps.map((snap) => (text.old ? [snap.id, snap.name, text.bytes(snap.size)] : cells(snap, all))),
            text.table,
          ),
        );
      }
    });
  },
);

/** A snapshot, and the group snapshot that it is a part of. */
interface Row extends ImageSnap {
  readonly group: GroupSnapName | null;
}

/** Images of format 1 do not know when. */
function timeText({ timestamp_us }: Row): string {
  return timestamp_us === 0 ? '' : ctimeText(timestamp_us);
}

function cells(snap: Row, all: boolean): (string | number)[] {
  const row = [snap.id, snap.name, byteText(snap.size), snap.protection === 'protected' ? 'yes' : '', timeText(snap)];
  return all ? [...row, namespaceText(snap)] : row;
}

function namespaceText({ namespace, group }: Row): string {
  if (group !== null) return `group (${group.poolName}/${group.name}@${group.snapName})`;
  if (namespace.type === 'trash') return `trash (${namespace.originalType} ${namespace.originalName})`;
  if (namespace.type === 'mirror') return mirrorNamespaceText(namespace);
  return namespace.type;
}

function snapNode(snap: Row, all: boolean): FormatNode {
  return nodeOf('snapshot', {
    id: snap.id,
    name: snap.name,
    size: snap.size,
    protected: snap.protection === 'protected' ? 'true' : 'false',
    timestamp: timeText(snap),
    namespace: all ? namespacePlain(snap) : undefined,
  });
}

function namespacePlain({ namespace, group }: Row): PlainObject {
  if (group !== null) {
    return { type: 'group', pool: group.poolName, group: group.name, 'group snap': group.snapName };
  }
  if (namespace.type === 'mirror') return mirrorNamespacePlain(namespace);
  if (namespace.type !== 'trash') return { type: namespace.type };
  return { type: 'trash', original_namespace_type: namespace.originalType, original_name: namespace.originalName };
}
