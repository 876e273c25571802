import { CephError, cppStrerror, isErrno } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import { FEATURE } from '../../../../engine/codec/rbd-types.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { closeImage, openImage } from '../../../../engine/librbd/open.ts';
import { type DiskUsageOptions, type DiskUsageRow, diskUsage } from '../../../../engine/librbd/operation/disk-usage.ts';
import { listImages } from '../../../../engine/librbd/operation/list.ts';
import { optionValue } from '../../command.ts';
import { byteText } from '../../format/size-text.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { type RbdRun, rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FOR_SNAP, FORMATS, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';

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
      ...FORMATS,
      { long: 'from-snap', type: 'string', summary: 'Counts from this snapshot on' },
      { long: 'exact', summary: 'Counts bytes, not whole objects: slow' },
      { long: 'merge-snapshots', summary: 'Adds snapshots to their image' },
    ],
  },
  function* (run) {
    const format = formatOf(run.args);
    const fromName = optionValue(run.args, 'from-snap');
    const { io, spec } = yield* run.openSpec({ snap: 'permitted', imageRequired: fromName !== undefined });
    const options = {
      exact: run.has('exact'),
      ...(spec.snap === '' ? {} : { snapName: spec.snap }),
      ...(fromName === undefined ? {} : { fromName }),
    };
    if (fromName !== undefined && fromName === spec.snap) return;
    const single = spec.image !== '';
    const rows = single ? yield* usageOf(run, io, spec.image, options) : yield* usageOfAll(run, io, options);
    const shown = run.has('merge-snapshots') ? merged(rows) : rows;
    if (format !== null) yield* run.print(formattedText(rowsNode(rows, shown, single), format));
    else yield* run.print(table(rows, shown));
  },
);

function* usageOf(run: RbdRun, io: IoCtx, name: string, options: DiskUsageOptions): Task<Row[]> {
  try {
    const image = yield* openImage(io, { name }, { readOnly: true });
    if ((image.header.features & FEATURE.FAST_DIFF) === 0) {
      yield* run.complain(slowWarning(`not enabled for ${image.name}`));
    }
    const rows = yield* orTellSnap(run, diskUsage(image, options));
    yield* closeImage(image);
    for (const row of rows)
      if (row.invalidMap) yield* run.complain(slowWarning(`invalid for ${nameOf(image.name, row)}`));
    return rows.map((row) => ({ ...row, image: image.name, id: image.id }));
  } catch (error) {
    if (isErrno(error, 'ENOENT')) yield* run.complain(`specified image ${name} is not found.\n`);
    if (error instanceof CephError) throw failed(error);
    throw error;
  }
}

function slowWarning(what: string): string {
  return `warning: fast-diff map is ${what}. operation may be slow.\n`;
}

function nameOf(image: string, { snapName }: DiskUsageRow): string {
  return snapName === null ? image : `${image}@${snapName}`;
}

/** Of what the rows are made, only a snapshot can be missing. */
function* orTellSnap(run: RbdRun, task: Task<DiskUsageRow[]>): Task<DiskUsageRow[]> {
  try {
    return yield* task;
  } catch (error) {
    if (isErrno(error, 'ENOENT')) yield* run.complain('specified snapshot is not found.\n');
    if (error instanceof CephError) throw failed(error);
    throw error;
  }
}

function failed(error: CephError): RbdError {
  return new RbdError(`du failed: ${cppStrerror(error.errno)}`, error.errno);
}

function* usageOfAll(run: RbdRun, io: IoCtx, options: DiskUsageOptions): Task<Row[]> {
  const rows: Row[] = [];
  for (const { name } of yield* orFail('du failed', listImages(io)))
    rows.push(...(yield* usageOf(run, io, name, options)));
  return rows;
}

function merged(rows: readonly Row[]): Row[] {
  const used = new Map<string, number>();
  for (const { image, usedBytes } of rows) used.set(image, (used.get(image) ?? 0) + usedBytes);
  return rows.filter(({ snapId }) => snapId === null).map((row) => ({ ...row, usedBytes: used.get(row.image) ?? 0 }));
}

/** Each image counts once in what is provisioned, by its head; where a snapshot was asked for, each of its rows does. */
function totals(rows: readonly Row[]): { readonly provisioned: number; readonly used: number } {
  const heads = rows.filter(({ snapId }) => snapId === null);
  const counted = heads.length === 0 ? rows : heads;
  const provisioned = counted.reduce((sum, row) => sum + row.provisionedBytes, 0);
  return { provisioned, used: rows.reduce((sum, row) => sum + row.usedBytes, 0) };
}

function table(rows: readonly Row[], shown: readonly Row[]): string {
  const cells = shown.map((row) => [nameOf(row.image, row), byteText(row.provisionedBytes), byteText(row.usedBytes)]);
  const { provisioned, used } = totals(rows);
  const total = rows.length > 1 ? [['<TOTAL>', byteText(provisioned), byteText(used)]] : [];
  return rows.length === 0 ? '' : textTable(COLUMNS, [...cells, ...total]);
}

function rowsNode(rows: readonly Row[], shown: readonly Row[], single: boolean) {
  const { provisioned, used } = totals(rows);
  const images = shown.map(({ image, id, snapName, snapId, provisionedBytes, usedBytes }) =>
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
