import { ERRNO } from '../../../engine/base/errno.ts';
import { nodeOf } from '../format/tree.ts';
import { cephCommand, requiredText, shown } from './ceph-command.ts';
import { text } from './signatures.ts';

/** The cluster asks nobody who they are, so nobody has a key. */
export const authGet = cephCommand({
  words: 'auth get',
  summary: 'the key and rights of somebody; this cluster asks nobody for a key',
  signature: [text('entity', 'such as client.admin')],
  answer: ({ args }) => ({
    code: ERRNO.ENOENT,
    text: `failed to find ${requiredText(args, 'entity')} in keyring`,
  }),
});

export const authLs = cephCommand({
  words: 'auth ls',
  aliases: ['auth list'],
  summary: 'all who have a key: nobody',
  answer: (call) =>
    shown(
      call,
      () => '',
      () => nodeOf('auth', {}),
    ),
});
