import { ERRNO } from '../../../../engine/base/errno.ts';
import type { Task } from '../../../../engine/base/task.ts';
import type { ImageCtx } from '../../../../engine/librbd/image-ctx.ts';
import { type ChildImage, listChildren } from '../../../../engine/librbd/operation/children.ts';
import { optionValue } from '../../command.ts';
import { arrayNode, type FormatNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_SNAP, FORMATS, IMAGE_ID, IMAGE_OR_SNAP_SPEC } from '../options.ts';
import { orFail, RbdError } from '../rbd-error.ts';
import { countOption } from '../values.ts';

export const children = rbdCommand(
  {
    words: ['children'],
    summary: 'Name the clones of an image or of one of its snapshots.',
    positionals: [IMAGE_OR_SNAP_SPEC],
    options: [
      ...FOR_SNAP,
      IMAGE_ID,
      { long: 'snap-id', type: 'int', summary: 'Id of the snapshot' },
      { long: 'all', short: 'a', summary: 'Those in the trash too' },
      { long: 'descendants', summary: 'Clones of clones too' },
      ...FORMATS,
    ],
  },
  function* (run) {
    const format = formatOf(run.args);
    const id = optionValue(run.args, 'image-id');
    const { io, spec } = yield* run.openSpec({ snap: 'permitted', imageRequired: id === undefined });
    const target = id === undefined ? { name: spec.image } : { id };
    const snapId = countOption(run.args, 'snap-id');
    if (snapId !== undefined && spec.snap !== '') {
      throw new RbdError('trying to access snapshot using both name and id.', ERRNO.EINVAL);
    }
    const at = spec.snap !== '' ? { snapName: spec.snap } : snapId === undefined ? {} : { snapId };
    if (snapId !== undefined) yield* onImage(io, target, HEAD, (image) => requireSnap(image, snapId));
    if (spec.snap !== '') yield* onImage(io, target, HEAD, (image) => requireNamed(image, spec.snap));
    yield* onImage(io, target, { ...HEAD, ...at }, function* (image) {
      const found = yield* orFail('listing children failed', listChildren(image, run.has('descendants')));
      const shown = found.filter(({ trash }) => run.has('all') || !trash);
      if (format !== null)
        yield* run.print(
          formattedText(
            arrayNode(
              'children',
              shown.map((child) => childNode(child, run.has('all'))),
            ),
            format,
          ),
        );
      else yield* run.print(shown.map((child) => `${childText(child)}\n`).join(''));
    });
  },
);

const HEAD = { readOnly: true, skipParent: true };

function* requireSnap(image: ImageCtx, snapId: number): Task<void> {
  if (image.snapById(snapId) === undefined) throw new RbdError('snapshot does not exist.', ERRNO.ENOENT);
}

function* requireNamed(image: ImageCtx, snap: string): Task<void> {
  if (image.userSnap(snap) === undefined) throw new RbdError('snapshot does not exist.', ERRNO.ENOENT);
}

function childText({ poolName, nspace, imageName, imageId, trash }: ChildImage): string {
  const spec = `${poolName}/${nspace === '' ? '' : `${nspace}/`}${imageName}`;
  return trash ? `${spec} (trash ${imageId})` : spec;
}

function childNode({ poolName, nspace, imageName, imageId, trash }: ChildImage, all: boolean): FormatNode {
  return nodeOf('child', {
    pool: poolName,
    pool_namespace: nspace,
    image: imageName,
    id: all ? imageId : undefined,
    trash: all ? trash : undefined,
  });
}
