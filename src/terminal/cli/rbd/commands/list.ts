import type { Task } from '../../../../engine/base/task.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { type ImageSnap, imageTarget } from '../../../../engine/librbd/image-ctx.ts';
import { closeImage, openImage } from '../../../../engine/librbd/open.ts';
import { listImages } from '../../../../engine/librbd/operation/list.ts';
import { getImageLock } from '../../../../engine/librbd/operation/lock.ts';
import { describeParent, type ParentDescription } from '../../../../engine/librbd/operation/parent-info.ts';
import { type EraText, eraText } from '../../format/era-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText, refusePretty } from '../format.ts';
import { openPool } from '../open.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

/** A row of the long list: a head, or one of its snapshots. */
interface Row {
  readonly image: string;
  readonly id: string;
  readonly snap: ImageSnap | null;
  readonly size: number;
  readonly parent: ParentDescription | null;
  readonly lock: '' | 'excl' | 'shr';
}

const COLUMNS = [
  column('NAME'),
  column('SIZE', 'left', 'right'),
  column('PARENT'),
  column('FMT', 'left', 'right'),
  column('PROT'),
  column('LOCK'),
];

export const list = rbdCommand(
  {
    words: ['list'],
    aliases: [['ls']],
    summary: 'Name the images of a pool.',
    positionals: [POOL_SPEC],
    options: [{ long: 'long', short: 'l', summary: 'Sizes, parents, snapshots and locks too' }, ...IN_POOL, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { pool, nspace } = run.specs.pool();
    refusePretty(run.args);
    let io: IoCtx;
    try {
      io = yield* openPool(run.rados, pool, nspace);
    } catch (error) {
      if (!(error instanceof RbdError)) throw error;
      yield* run.complain(`${error.message}\n`);
      throw new RbdError('listing images failed: (2) No such file or directory', error.exitCode);
    }
    const images = yield* orFail('listing images failed', listImages(io));
    if (!run.has('long')) {
      const names = images.map(({ name }) => name);
      yield* run.print(
        format === null
          ? names.map((name) => `${name}\n`).join('')
          : formattedText(nodeOf('images', names, 'name'), format),
      );
      return;
    }
    const rows: Row[] = [];
    for (const { name, id } of images) rows.push(...(yield* rowsOf(io, name, id)));
    if (format !== null) yield* run.print(formattedText(arrayNode('images', rows.map(rowNode)), format));
    else if (rows.length > 0) {
      const text = eraText(run.process.cluster);
      yield* run.print(
        textTable(
          COLUMNS,
          rows.map((row) => rowCells(row, text)),
          text.table,
        ),
      );
    }
  },
);

function* rowsOf(io: IoCtx, name: string, id: string): Task<Row[]> {
  const image = yield* openImage(io, imageTarget(id, name), { readOnly: true, skipParent: true });
  const { lockers, type } = yield* getImageLock(image);
  const lock = lockers.length === 0 ? '' : type === 'exclusive' ? 'excl' : 'shr';
  const rows: Row[] = [{ image: name, id, snap: null, size: image.size, parent: yield* describeParent(image), lock }];
  for (const snap of image.header.snaps) {
    if (snap.namespace.type !== 'user') continue;
    const at = yield* openImage(io, image.target, { snapId: snap.id, skipParent: true });
    rows.push({ image: name, id, snap, size: snap.size, parent: yield* describeParent(at), lock: '' });
    yield* closeImage(at);
  }
  yield* closeImage(image);
  return rows;
}

export function parentSpecText({ poolName, nspace, imageName, snapName }: ParentDescription): string {
  return `${poolName}/${nspace === '' ? '' : `${nspace}/`}${imageName}@${snapName}`;
}

function rowCells({ image, id, snap, size, parent, lock }: Row, text: EraText): string[] {
  const name = snap === null ? image : `${image}@${snap.name}`;
  const prot = snap?.protection === 'protected' ? 'yes' : '';
  return [name, text.bytes(size), parent === null ? '' : parentSpecText(parent), id === '' ? '1' : '2', prot, lock];
}

function rowNode({ image, id, snap, size, parent, lock }: Row): FormatNode {
  const node = nodeOf(snap === null ? 'image' : 'snapshot', {
    image,
    id,
    snapshot: snap?.name,
    snapshot_id: snap?.id,
    size,
    parent:
      parent === null
        ? undefined
        : {
            pool: parent.poolName,
            pool_namespace: parent.nspace,
            image: parent.imageName,
            snapshot: parent.snapName,
          },
    format: id === '' ? 1 : 2,
    protected: snap === null ? undefined : snap.protection === 'protected' ? 'true' : 'false',
    lock_type: lock === '' ? undefined : lock === 'excl' ? 'exclusive' : 'shared',
  });
  return node.kind === 'object' ? objectNode(node.name, node.children) : node;
}
