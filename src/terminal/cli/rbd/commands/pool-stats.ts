import type { Task } from '../../../../engine/base/task.ts';
import type { IoCtx } from '../../../../engine/librados/io-ctx.ts';
import { type ImageTarget, imageTarget } from '../../../../engine/librbd/image-ctx.ts';
import { withImage } from '../../../../engine/librbd/open.ts';
import { listImages } from '../../../../engine/librbd/operation/list.ts';
import { listTrash } from '../../../../engine/librbd/operation/trash.ts';
import { byteText } from '../../format/size-text.ts';
import { nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

interface Sum {
  readonly count: number;
  readonly provisioned_bytes: number;
  readonly snap_count: number;
}

export const poolStats = rbdCommand(
  {
    words: ['pool', 'stats'],
    summary: "Count a pool's images and what they promise.",
    positionals: [POOL_SPEC],
    options: [...IN_POOL, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const io = yield* run.openPoolSpec();
    const [images, trash] = yield* orFail('failed to query pool stats', sums(io));
    yield* run.print(
      format === null
        ? plainText(images, trash)
        : formattedText(nodeOf('stats', { images: { ...images }, trash: { ...trash } }), format),
    );
  },
);

function* sums(io: IoCtx): Task<readonly [images: Sum, trash: Sum]> {
  const images = (yield* listImages(io)).map(({ id, name }) => imageTarget(id, name));
  const trash = (yield* listTrash(io)).map(({ id }) => ({ id }));
  return [yield* sumOf(io, images), yield* sumOf(io, trash)];
}

/** An image counts with the largest size that it or a snapshot of it has. @ceph src/librbd/api/Pool.cc get_stats */
function* sumOf(io: IoCtx, targets: readonly ImageTarget[]): Task<Sum> {
  let provisioned_bytes = 0;
  let snap_count = 0;
  for (const target of targets) {
    const header = yield* withImage(io, target, { readOnly: true, skipParent: true }, headerOf);
    provisioned_bytes += Math.max(header.size, ...header.snaps.map(({ size }) => size));
    snap_count += header.snaps.length;
  }
  return { count: targets.length, provisioned_bytes, snap_count };
}

function* headerOf({ header }: { readonly header: { size: number; snaps: readonly { size: number }[] } }) {
  return header;
}

function plainText(images: Sum, trash: Sum): string {
  const line = (name: string, value: string, inTrash: string): string =>
    `${name}: ${value}${trash.count > 0 ? ` (${inTrash} in trash)` : ''}\n`;
  return (
    line('Total Images', String(images.count), String(trash.count)) +
    line('Total Snapshots', String(images.snap_count), String(trash.snap_count)) +
    line('Provisioned Size', byteText(images.provisioned_bytes), byteText(trash.provisioned_bytes))
  );
}
