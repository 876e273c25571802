import type { LockInfo } from '../../../../engine/codec/cls-lock-methods.ts';
import { getImageLock } from '../../../../engine/librbd/operation/lock.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { rbdCommand } from '../command.ts';
import { formatOf, formattedText } from '../format.ts';
import { onImage } from '../open.ts';
import { FOR_IMAGE, FORMATS, IMAGE_SPEC } from '../options.ts';
import { orFail } from '../rbd-error.ts';

const COLUMNS = [column('Locker'), column('ID'), column('Address')];

export const lockList = rbdCommand(
  {
    words: ['lock', 'list'],
    aliases: [['lock', 'ls']],
    summary: 'Tell who holds the lock of an image.',
    positionals: [IMAGE_SPEC],
    options: [...FOR_IMAGE, ...FORMATS],
  },
  function* (run) {
    const spec = run.specs.image();
    const format = formatOf(run.args);
    const io = yield* run.open(spec);
    yield* onImage(io, { name: spec.image }, { readOnly: true, skipParent: true }, function* (image) {
      const lock = yield* orFail('listing locks failed', getImageLock(image));
      yield* run.print(format === null ? plainText(lock) : formattedText(locksNode(lock), format));
    });
  },
);

function plainText({ lockers, type, tag }: LockInfo): string {
  if (lockers.length === 0) return '';
  const one = lockers.length === 1;
  const exclusive = type === 'exclusive';
  const count = `There ${one ? 'is' : 'are'} ${lockers.length} ${exclusive ? 'exclusive' : 'shared'} lock${one ? '' : 's'}`;
  const rows = lockers.map(({ client, cookie, address }) => [`client.${client}`, cookie, address]);
  return `${count} on this image.\n${exclusive ? '' : `Lock tag: ${tag}\n`}${textTable(COLUMNS, rows)}`;
}

function locksNode({ lockers }: LockInfo) {
  const nodes = lockers.map(({ client, cookie, address }) =>
    nodeOf('lock', { id: cookie, locker: `client.${client}`, address }),
  );
  return arrayNode('locks', nodes);
}
