import { migrationStatus } from '../../../../engine/librbd/migration/status.ts';
import { listImageWatchers } from '../../../../engine/librbd/operation/watchers.ts';
import { arrayNode, nodeOf, objectNode } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { migrationNode, migrationText } from '../migration-text.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

export const status = rbdCommand(
  {
    words: ['status'],
    summary: 'Tell who has an image open.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, ...FORMATS],
  },
  function* (run) {
    const format = formatOf(run.args);
    const { io, spec } = yield* run.openSpec();
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      const watchers = yield* orFail('show status failed', listImageWatchers(image));
      const migration = yield* orFail('show status failed', migrationStatus(image));
      if (format !== null) {
        const nodes = watchers.map(({ address, client, cookie }) => nodeOf('watcher', { address, client, cookie }));
        yield* run.print(
          formattedText(
            objectNode('status', [
              arrayNode('watchers', nodes),
              ...(migration === null ? [] : [migrationNode(migration)]),
            ]),
            format,
          ),
        );
      } else if (watchers.length === 0) yield* run.print('Watchers: none\n');
      else {
        const lines = watchers.map(
          ({ address, client, cookie }) => `\twatcher=${address} client.${client} cookie=${cookie}\n`,
        );
        yield* run.print(`Watchers:\n${lines.join('')}`);
      }
      if (format === null && migration !== null) yield* run.print(migrationText(migration));
    });
  },
);
