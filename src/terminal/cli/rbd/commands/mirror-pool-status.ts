import { nameInDirectory } from '../../../../engine/librbd/image-names.ts';
import { listMirrorImages } from '../../../../engine/librbd/mirror/list-images.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { mirroredPool } from '../mirror-options.ts';
import { mirrorStatusNode, mirrorStatusText } from '../mirror-status.ts';
import { FORMATS, IN_POOL, POOL_SPEC } from '../options.ts';

export const mirrorPoolStatus = rbdCommand(
  {
    words: ['mirror', 'pool', 'status'],
    summary: 'Tell how far the images of a pool are mirrored.',
    description: 'Daemons of rbd-mirror report that; in one cluster none runs.',
    positionals: [POOL_SPEC],
    options: [...IN_POOL, ...FORMATS, { long: 'verbose', summary: 'Each image' }],
  },
  function* (run) {
    const format = formatOf(run.args);
    const io = yield* mirroredPool(run, { validate: true });
    const images: { readonly name: string; readonly globalId: string }[] = [];
    for (const [id, { globalId }] of yield* run.silently(listMirrorImages(io))) {
      images.push({ name: (yield* nameInDirectory(io, id)) ?? '', globalId });
    }
    images.sort((a, b) => (a.name < b.name ? -1 : 1));
    const verbose = run.has('verbose');
    yield* run.print(format === null ? plain(images, verbose) : formattedText(node(images, verbose), format));
  },
);

type Images = readonly { readonly name: string; readonly globalId: string }[];

/** Without a daemon nothing is known, and that is a warning. @ceph src/tools/rbd/action/MirrorPool.cc StatusImages — exact without daemons */
function plain(images: Images, verbose: boolean): string {
  const health = images.length === 0 ? 'OK' : 'WARNING';
  const unknown = images.length === 0 ? '' : `    ${images.length} unknown\n`;
  const head = `health: ${images.length === 0 ? 'UNKNOWN' : health}\ndaemon health: UNKNOWN\nimage health: ${health}\nimages: ${images.length} total\n${unknown}`;
  if (!verbose) return head;
  const each = images.length === 0 ? '  none\n' : images.map((image) => mirrorStatusText(image)).join('\n');
  return `${head}\nDAEMONS\n  none\n\nIMAGES\n${each}`;
}

function node(images: Images, verbose: boolean): FormatNode {
  const health = images.length === 0 ? 'OK' : 'WARNING';
  const states = nodeOf('states', images.length === 0 ? {} : { unknown: images.length });
  const summary = objectNode('summary', [
    valueNode('health', images.length === 0 ? 'UNKNOWN' : health),
    valueNode('daemon_health', 'UNKNOWN'),
    valueNode('image_health', health),
    states,
  ]);
  const rest = verbose
    ? [
        arrayNode('daemons', []),
        arrayNode(
          'images',
          images.map((image) => mirrorStatusNode(image)),
        ),
      ]
    : [];
  return objectNode('status', [summary, ...rest]);
}
