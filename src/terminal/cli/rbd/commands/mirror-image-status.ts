import { ERRNO } from '../../../../engine/base/errno.ts';
import { mirrorImageInfo } from '../../../../engine/librbd/mirror/image-info.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText, refusePretty } from '../format.ts';
import { mirrorSnapsNode, mirrorSnapsText, mirrorStatusNode, mirrorStatusText } from '../mirror-status.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_SPEC } from '../options.ts';
import { RbdError } from '../rbd-error.ts';

export const mirrorImageStatus = rbdCommand(
  {
    words: ['mirror', 'image', 'status'],
    summary: 'Tell how far an image is mirrored.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, ...FORMATS],
  },
  function* (run) {
    refusePretty(run.args);
    const format = formatOf(run.args);
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      const info = yield* mirrorImageInfo(image);
      if (info?.state !== 'enabled') throw new RbdError('mirroring not enabled on the image', ERRNO.EINVAL);
      const mirrored = { name: spec.image, globalId: info.globalId };
      const leads = info.mode === 'snapshot' && info.primary;
      const snaps = leads ? image.header.snaps.filter(({ namespace }) => namespace.type === 'mirror') : [];
      const text = mirrorStatusText(mirrored) + mirrorSnapsText(snaps);
      const node = mirrorStatusNode(mirrored, mirrorSnapsNode(snaps));
      yield* run.print(format === null ? text : formattedText(node, format));
    });
  },
);
