import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { type GroupSnapInfo, groupSnapInfo as snapInfo } from '../../../../engine/librbd/operation/group-snap-info.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { inPool, openGroup, poolNameOf } from '../group-spec.ts';
import { FOR_GROUP_SNAP, FORMATS, GROUP_SNAP_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const groupSnapInfo = rbdCommand(
  {
    words: ['group', 'snap', 'info'],
    summary: 'Tell which snapshots of images a snapshot of a group is made of.',
    positionals: [GROUP_SNAP_SPEC],
    options: [...FOR_GROUP_SNAP, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, group, snap } = yield* openGroup(run, 'required');
    const info = yield* orFail('failed to show group snapshot', snapInfo(io, group, snap));
    yield* run.print(format === null ? plainText(io, info) : formattedText(infoNode(io, info), format));
  },
);

function plainText(io: IoCtx, { id, name, state, imageSnapName, images }: GroupSnapInfo): string {
  const head = `rbd group snapshot '${name}':\n\tid: ${id}\n\tstate: ${state}\n`;
  if (images.length === 0) return head;
  const lines = images.map((image) => {
    const pool = poolNameOf(io, image.pool);
    return `\t\t${inPool({ pool, nspace: io.nspace }, image.name)} (snap id: ${image.snapId})\n`;
  });
  return `${head}\timage snap: ${imageSnapName}\n\timages:\n${lines.join('')}`;
}

function infoNode(io: IoCtx, { id, name, state, imageSnapName, images }: GroupSnapInfo): FormatNode {
  const values = { id, name, state, image_snap_name: imageSnapName };
  const nodes = images.map((image) =>
    nodeOf('image', {
      pool_name: poolNameOf(io, image.pool),
      namespace: io.nspace,
      image_name: image.name,
      snap_id: image.snapId,
    }),
  );
  return objectNode('group_snapshot', [
    ...Object.entries(values).map(([key, value]) => valueNode(key, value)),
    arrayNode('images', nodes),
  ]);
}
