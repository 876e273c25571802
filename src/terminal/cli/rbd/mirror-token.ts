import * as v from 'valibot';
import { fromBase64, toBase64 } from '../../../engine/base/base64.ts';
import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode, utf8Encode } from '../../../engine/base/utf8.ts';
import { getOrCreateAuthUser } from '../../../engine/mon/auth/auth-users.ts';
import { keyValue, setKey } from '../../../engine/mon/config/keys.ts';
import { MON_ADDRESSES } from '../ceph/daemons/version-text.ts';
import type { RbdRun } from './command.ts';

const CLIENT_ID_KEY = 'rbd/mirror/peer_client_id';
const CLIENT_ID = 'rbd-mirror-peer';
/** So long a client tries to reach monitors: `client_mount_timeout`. */
const MOUNT_TIMEOUT_US = 300_000_000;

/** What a token says: a cluster, who the other one is there, and where its monitors are. */
const TOKEN = v.object({ fsid: v.string(), client_id: v.string(), key: v.string(), mon_host: v.string() });

/** A token for the other cluster, with which it comes to this one. @ceph src/librbd/api/Mirror.cc peer_bootstrap_create — exact */
export function makeToken(run: RbdRun): string {
  const { cluster } = run.process;
  const client_id = keyValue(cluster.records, CLIENT_ID_KEY) || CLIENT_ID;
  setKey(cluster.records, CLIENT_ID_KEY, client_id);
  const user = getOrCreateAuthUser(cluster.context, `client.${client_id}`, [
    ['mon', 'profile rbd-mirror-peer'],
    ['osd', 'profile rbd'],
  ]);
  const token = { fsid: run.rados.osdMap.fsid, client_id, key: toBase64(user.key), mon_host: MON_ADDRESSES };
  return toBase64(utf8Encode(JSON.stringify(token)));
}

/**
 * Takes a token. This is the only cluster there is: its own token is refused with EINVAL, and the monitors of another one
 * are not reached, which takes as long as a client tries.
 *
 * @ceph src/librbd/api/Mirror.cc peer_bootstrap_import — exact as far as one cluster goes
 */
export function* importToken(text: string): Task<never> {
  const bytes = fromBase64(text.trim());
  if (bytes === undefined) throw new CephError('EINVAL', 'failed to decode base64');
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), TOKEN), utf8Decode(bytes));
  if (!read.success) throw new CephError('EINVAL', 'invalid bootstrap token JSON received');
  if (read.output.mon_host === MON_ADDRESSES) throw new CephError('EINVAL', 'cannot import token for local cluster');
  yield MOUNT_TIMEOUT_US;
  throw new CephError('ETIMEDOUT', 'failed to connect to peer cluster');
}
