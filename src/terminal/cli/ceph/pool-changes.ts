import { removePool } from '../../../engine/mon/pool-remove.ts';
import { renamePool } from '../../../engine/mon/pool-rename.ts';
import { mksnap, rmsnap } from '../../../engine/mon/pool-snap-commands.ts';
import { answered, argText, cephCommand, isOn, requiredText } from './ceph-command.ts';
import { optional, POOL, REALLY_SURE, SURE, text } from './signatures.ts';

export const poolRemove = cephCommand({
  words: 'osd pool rm',
  aliases: ['osd pool delete'],
  summary: 'remove a pool and all that is in it',
  description: 'Removes a pool with all its objects. The name is given twice, and --yes-i-really-really-mean-it.',
  signature: [
    POOL,
    optional({ ...POOL, name: 'pool2' }),
    REALLY_SURE,
    { ...REALLY_SURE, name: 'yes_i_really_really_mean_it_not_faking' },
  ],
  answer: ({ monitor, args }) =>
    answered(
      removePool(monitor, {
        name: requiredText(args, 'pool'),
        again: argText(args, 'pool2'),
        confirmed: isOn(args, 'yes_i_really_really_mean_it'),
      }),
    ),
});

export const poolRename = cephCommand({
  words: 'osd pool rename',
  summary: 'give a pool another name',
  signature: [{ ...POOL, name: 'srcpool' }, { ...POOL, name: 'destpool', completes: 'string' }, SURE],
  answer: ({ monitor, args }) =>
    answered(renamePool(monitor, requiredText(args, 'srcpool'), requiredText(args, 'destpool'))),
});

export const poolMksnap = cephCommand({
  words: 'osd pool mksnap',
  summary: 'take a snapshot of a pool',
  signature: [POOL, text('snap')],
  answer: ({ monitor, args }) => answered(mksnap(monitor, requiredText(args, 'pool'), requiredText(args, 'snap'))),
});

export const poolRmsnap = cephCommand({
  words: 'osd pool rmsnap',
  summary: 'give up a snapshot of a pool',
  signature: [POOL, text('snap')],
  answer: ({ monitor, args }) => answered(rmsnap(monitor, requiredText(args, 'pool'), requiredText(args, 'snap'))),
});
