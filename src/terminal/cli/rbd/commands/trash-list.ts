import { isErrno } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { withImage } from '../../../../engine/librbd/open.ts';
import { describeParent, type ParentDescription } from '../../../../engine/librbd/operation/parent-info.ts';
import { listTrash, type TrashEntry } from '../../../../engine/librbd/operation/trash.ts';
import { ctimeText } from '../../format/dates.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';
import { parentSpecText } from './list.ts';

/** What the long list tells of an image in the trash. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly deletedAt: string;
  readonly status: string;
  readonly parent: ParentDescription | null;
}

const COLUMNS = ['ID', 'NAME', 'SOURCE', 'DELETED_AT', 'STATUS', 'PARENT'].map((name) => column(name));

export const trashList = rbdCommand(
  {
    words: ['trash', 'list'],
    aliases: [['trash', 'ls']],
    summary: 'Name the images in the trash.',
    positionals: [POOL_SPEC],
    options: [
      ...IN_POOL,
      { long: 'all', short: 'a', summary: 'Those that were not put there by hand too' },
      { long: 'long', short: 'l', summary: 'Dates and parents too' },
      ...FORMATS,
    ],
  },
  function* (run) {
    const format = formatOf(run.args);
    const io = yield* run.openPoolSpec();
    const all = run.has('all');
    const entries = (yield* orFail('trash list', listTrash(io))).filter(
      ({ spec }) => all || spec.source === 'user' || spec.source === 'user-parent',
    );
    if (!run.has('long')) {
      const nodes = entries.map(({ id, spec }) => nodeOf('image', { id, name: spec.name }));
      yield* run.print(
        format === null
          ? entries.map(({ id, spec }) => `${id} ${spec.name}\n`).join('')
          : formattedText(arrayNode('trash', nodes), format),
      );
      return;
    }
    const rows: Row[] = [];
    for (const entry of entries) rows.push(...(yield* rowOf(io, entry)));
    if (format !== null) yield* run.print(formattedText(arrayNode('trash', rows.map(rowNode)), format));
    else if (rows.length > 0) yield* run.print(textTable(COLUMNS, rows.map(rowCells)));
  },
);

/** No row for an image whose header is gone: it is being removed. */
function* rowOf(io: IoCtx, { id, spec }: TrashEntry): Task<Row[]> {
  const expired = spec.defermentEnd_us <= io.rados.now_us();
  try {
    const parent = yield* withImage(io, { id }, { readOnly: true, skipParent: true }, describeParent);
    return [
      {
        id,
        name: spec.name,
        source: spec.source.toUpperCase().replace('-', '_'),
        deletedAt: ctimeText(spec.deletion_us),
        status: `${expired ? 'expired at' : 'protected until'} ${ctimeText(spec.defermentEnd_us)}`,
        parent,
      },
    ];
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

function rowCells({ id, name, source, deletedAt, status, parent }: Row): string[] {
  return [id, name, source, deletedAt, status, parent === null ? '' : parentSpecText(parent)];
}

function rowNode({ id, name, source, deletedAt, status, parent }: Row) {
  return nodeOf('image', {
    id,
    name,
    source,
    deleted_at: deletedAt,
    status,
    parent:
      parent === null
        ? undefined
        : {
            pool: parent.poolName,
            pool_namespace: parent.nspace,
            image: parent.imageName,
            snapshot: parent.snapName,
          },
  });
}
