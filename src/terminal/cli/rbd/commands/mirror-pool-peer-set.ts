import { ERRNO } from '../../../../engine/base/errno.ts';
import { type MirrorPeer, PEER_DIRECTIONS } from '../../../../engine/codec/rbd-mirror-codec.ts';
import { changeMirrorPeer } from '../../../../engine/librbd/mirror/peers.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { rbdCommand } from '../command.ts';
import { orWords, PEER_UUID } from '../mirror-options.ts';
import { POOL } from '../options.ts';
import { RbdError } from '../rbd-error.ts';
import { UUID_PATTERN } from './mirror-pool-peer-remove.ts';

const KEYS = ['client', 'cluster', 'direction', 'key-file', 'mon-host', 'site-name'];

export const mirrorPoolPeerSet = rbdCommand(
  {
    words: ['mirror', 'pool', 'peer', 'set'],
    summary: 'Change what is known of a peer.',
    positionals: [
      { name: 'pool-name', type: 'pool', summary: 'The pool', optional: true },
      PEER_UUID,
      { name: 'key', type: `enum:${KEYS.join('|')}`, summary: 'What to change', optional: true },
      { name: 'value', type: 'string', summary: 'Its new value', optional: true },
    ],
    options: [POOL],
  },
  function* (run) {
    const { pool, nspace } = run.specs.pool({ validate: true, nspace: false });
    const [uuid = '', key = '', value = ''] = run.specs.rest();
    if (uuid === '') throw new RbdError('must specify peer uuid', ERRNO.EINVAL);
    if (!UUID_PATTERN.test(uuid)) throw new RbdError(`invalid uuid '${uuid}'`, ERRNO.EINVAL);
    const change = changeOf(key, value);
    const io = yield* run.open({ pool, nspace });
    yield* orWords('error updating mirror peer', changeMirrorPeer(io, uuid, change));
  },
);

function changeOf(key: string, value: string): Partial<Pick<MirrorPeer, 'clientName' | 'siteName' | 'direction'>> {
  if (!KEYS.includes(key)) {
    const names = KEYS.map((name) => `'${name}'`).join(', ');
    throw new RbdError(`must specify ${names} key.`, ERRNO.EINVAL);
  }
  if (value === '') throw new RbdError(`must specify new ${key} value.`, ERRNO.EINVAL);
  if (key === 'client') return { clientName: value };
  if (key === 'cluster' || key === 'site-name') return { siteName: value };
  if (key !== 'direction') throw new RbdError(`a peer's ${key} is not there yet in Radoscope`, EXIT_NOT_YET);
  const direction = PEER_DIRECTIONS.find((each) => each === value);
  if (direction === undefined) throw new RbdError(`invalid direction '${value}'`, ERRNO.EINVAL);
  return { direction };
}
