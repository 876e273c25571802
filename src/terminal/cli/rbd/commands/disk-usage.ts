import { CephError, isErrno } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { FEATURE } from '../../../../engine/codec/rbd-types.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { closeImage, type ImageTarget, openImage } from '../../../../engine/librbd/open.ts';
import { type DiskUsageRow, diskUsage } from '../../../../engine/librbd/operation/disk-usage.ts';
import { listImages } from '../../../../engine/librbd/operation/list.ts';
import { optionValue } from '../../command.ts';
import { byteText } from '../../format/size-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FOR_SNAP, FORMATS, IMAGE_ID, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

interface Row extends DiskUsageRow {
  readonly image: string;
  readonly id: string;
}

const COLUMNS = [column('NAME'), column('PROVISIONED', 'right'), column('USED', 'left', 'right')];

export const du = rbdCommand(
  {
    words: ['disk-usage'],
    aliases: [['du']],
    summary: 'Tell what images hold of what they promise.',
    positionals: [IMAGE_OR_SNAP_SPEC],
    options: [
      ...FOR_SNAP,
      IMAGE_ID,
      ...FORMATS,
      { long: 'from-snap', type: 'string', summary: 'Counts from this snapshot on' },
      { long: 'exact', summary: 'Counts bytes, not whole objects: slow' },
      { long: 'merge-snapshots', summary: 'Adds snapshots to their image' },
    ],
  },
  function* (run) {
    const format = formatOf(run.args);
    const id = optionValue(run.args, 'image-id');
    const { io, spec } = yield* run.openSpec({ snap: 'permitted', imageRequired: false });
    const single = spec.image !== '' || id !== undefined;
    const rows = single
      ? yield* usageOf(run, io, id === undefined ? { name: spec.image } : { id }, spec.snap)
      : yield* usageOfAll(run, io);
    const shown = run.has('merge-snapshots') ? merged(rows) : rows;
    if (format !== null) yield* run.print(formattedText(rowsNode(shown, single), format));
    else yield* run.print(table(shown, single));
  },
);

function* usageOf(run: RbdRun, io: IoCtx, target: ImageTarget, snapName: string): Task<Row[]> {
  try {
    const image = yield* openImage(io, target, { readOnly: true, ...(snapName === '' ? {} : { snapName }) });
    if ((image.header.features & FEATURE.FAST_DIFF) === 0) {
      yield* run.complain(`warning: fast-diff map is not enabled for ${image.name}. operation may be slow.\n`);
    }
    const rows = yield* diskUsage(image, run.has('exact'));
    yield* closeImage(image);
    return rows.map((row) => ({ ...row, image: image.name, id: image.id }));
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    if (isErrno(error, 'ENOENT') && 'name' in target)
      yield* run.complain(`specified image ${target.name} is not found.\n`);
    throw new RbdError(`du failed: ${new CephError(error.errno).message}`, error.errno);
  }
}

function* usageOfAll(run: RbdRun, io: IoCtx): Task<Row[]> {
  const rows: Row[] = [];
  const images = [...(yield* listImages(io))].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { name } of images) rows.push(...(yield* usageOf(run, io, { name }, '')));
  return rows;
}

function merged(rows: readonly Row[]): Row[] {
  const used = new Map<string, number>();
  for (const { id, usedBytes } of rows) used.set(id, (used.get(id) ?? 0) + usedBytes);
  return rows.filter(({ snapId }) => snapId === null).map((row) => ({ ...row, usedBytes: used.get(row.id) ?? 0 }));
}

/** Each image counts once in what is provisioned: by its head. */
function totals(rows: readonly Row[]): { readonly provisioned: number; readonly used: number } {
  const provisioned = rows.filter(({ snapId }) => snapId === null).reduce((sum, row) => sum + row.provisionedBytes, 0);
  return { provisioned, used: rows.reduce((sum, row) => sum + row.usedBytes, 0) };
}

function table(rows: readonly Row[], single: boolean): string {
  const cells = rows.map(({ image, snapName, provisionedBytes, usedBytes }) => [
    snapName === null ? image : `${image}@${snapName}`,
    byteText(provisionedBytes),
    byteText(usedBytes),
  ]);
  const { provisioned, used } = totals(rows);
  const total =
    rows.length > 1 || (!single && rows.length !== 1) ? [['<TOTAL>', byteText(provisioned), byteText(used)]] : [];
  return textTable(COLUMNS, [...cells, ...total]);
}

function rowsNode(rows: readonly Row[], single: boolean) {
  const { provisioned, used } = totals(rows);
  const images = rows.map(({ image, id, snapName, snapId, provisionedBytes, usedBytes }) =>
    nodeOf('image', {
      name: image,
      id,
      snapshot: snapName ?? undefined,
      snapshot_id: snapId ?? undefined,
      provisioned_size: provisionedBytes,
      used_size: usedBytes,
    }),
  );
  const total = single ? [] : [valueNode('total_provisioned_size', provisioned), valueNode('total_used_size', used)];
  return objectNode('stats', [arrayNode('images', images), ...total]);
}
