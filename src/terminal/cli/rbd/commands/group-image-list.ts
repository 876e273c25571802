import { listGroupImages } from '../../../../engine/librbd/operation/group-image-list.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { inPool, openGroup, poolNameOf } from '../group-spec.ts';
import { FOR_GROUP, FORMATS, GROUP_SPEC } from '../options.ts';

export const groupImageList = rbdCommand(
  {
    words: ['group', 'image', 'list'],
    aliases: [['group', 'image', 'ls']],
    summary: 'Name the images of a group.',
    positionals: [GROUP_SPEC],
    options: [...FORMATS, ...FOR_GROUP],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, group } = yield* openGroup(run);
    const images = (yield* run.missingAsNone(listGroupImages(io, group))).map((image) => ({
      ...image,
      pool: poolNameOf(io, image.pool),
    }));
    if (format === null) {
      const lines = images.map(({ pool, name, state }) => {
        const note = state === 'incomplete' ? state : '';
        return `${inPool({ pool, nspace: io.nspace }, name)} ${note}\n`;
      });
      yield* run.print(lines.join(''));
      return;
    }
    const nodes = images.map(({ pool, name, state }) =>
      nodeOf('image', { image: name, pool, namespace: io.nspace, state: state === 'incomplete' ? 1 : 0 }),
    );
    yield* run.print(formattedText(arrayNode('images', nodes), format));
  },
);
