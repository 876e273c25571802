import * as v from 'valibot';
import { bytesOfData } from '../../../engine/base/data.ts';
import { CephError, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode } from '../../../engine/base/utf8.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import { keyValue, removeKey, setKey } from '../../../engine/mon/config/keys.ts';
import { openSource } from './byte-source.ts';
import type { RbdRun } from './command.ts';
import { RbdError } from './rbd-error.ts';

const SITE_NAME = 'rbd/mirror/site_name';
const PEER_PREFIX = 'rbd/mirror/peer/';
const MOST_KEY_FILE_BYTES = 4096;

/** What this cluster is called in mirroring: its fsid unless somebody named it. @ceph src/librbd/api/Mirror.cc site_name_get — exact */
export function siteName(run: RbdRun): string {
  return keyValue(run.process.cluster.records, SITE_NAME) || run.rados.osdMap.fsid;
}

/** Empty: by its fsid again. */
export function setSiteName(run: RbdRun, name: string): void {
  const { records } = run.process.cluster;
  if (name === '') removeKey(records, SITE_NAME);
  else setKey(records, SITE_NAME, name);
}

/** How a peer's cluster is reached: `mon_host` and `key`. */
export type PeerAttributes = Readonly<Record<string, string>>;

const ATTRIBUTES = v.record(v.string(), v.string());

function peerKey(io: IoCtx, uuid: string): string {
  return `${PEER_PREFIX}${io.poolId}/${uuid}`;
}

/** Undefined where none were set. @ceph src/librbd/api/Mirror.cc peer_site_get_attributes — exact */
export function peerAttributes(run: RbdRun, io: IoCtx, uuid: string): PeerAttributes | undefined {
  const text = keyValue(run.process.cluster.records, peerKey(io, uuid)) ?? '';
  if (text === '') return undefined;
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), ATTRIBUTES), text);
  return read.success ? read.output : undefined;
}

/** Changes some of them; an empty one goes. @ceph src/tools/rbd/action/MirrorPool.cc update_peer_config_key — exact */
export function changePeerAttributes(run: RbdRun, io: IoCtx, uuid: string, change: PeerAttributes): void {
  const before = peerAttributes(run, io, uuid) ?? {};
  const after = Object.entries({ ...before, ...change }).filter(([name, value]) => value !== '' || !(name in before));
  const sorted = Object.fromEntries(after.sort(([a], [b]) => (a < b ? -1 : 1)));
  setKey(run.process.cluster.records, peerKey(io, uuid), JSON.stringify(sorted));
}

export function forgetPeerAttributes(run: RbdRun, io: IoCtx, uuid: string): void {
  removeKey(run.process.cluster.records, peerKey(io, uuid));
}

/** The first line of a file. @ceph src/tools/rbd/action/MirrorPool.cc read_key_file — exact */
export function* readKeyFile(run: RbdRun, path: string): Task<string> {
  try {
    const data = yield* openSource(run.process, path).read(MOST_KEY_FILE_BYTES);
    return utf8Decode(bytesOfData(data, 0, data.length)).split('\n')[0] ?? '';
  } catch (error) {
    if (error instanceof CephError) throw new RbdError(`failed to open ${path}`, ERRNO.EINVAL);
    throw error;
  }
}
