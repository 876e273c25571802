import type { ListPage } from './cls-rbd-methods.ts';
import { type ClsMethod, clsMethod } from './osd-op.ts';
import type { MirrorImage, MirrorMode, MirrorPeer } from './rbd-mirror-codec.ts';

function read<In, Out>(name: string): ClsMethod<In, Out> {
  return clsMethod('rbd', name, 'read');
}

function write<In>(name: string): ClsMethod<In, void> {
  return clsMethod('rbd', name, 'write');
}

/** `rbd_mirroring` of a pool: whether and how it is mirrored. */
export const clsRbdMirrorPool = {
  /** ENOENT where none was ever set. */
  getUuid: read<void, string>('mirror_uuid_get'),
  /** EINVAL for an empty one, or another one while the pool is mirrored. */
  setUuid: write<{ readonly uuid: string }>('mirror_uuid_set'),
  /** ENOENT where none was ever set. */
  getMode: read<void, MirrorMode>('mirror_mode_get'),
  /** EINVAL without a uuid; EBUSY for `disabled` while there are peers. */
  setMode: write<{ readonly mode: MirrorMode }>('mirror_mode_set'),
  /** ENOENT where none was set: then it is called as here. */
  getRemoteNamespace: read<void, string>('mirror_remote_namespace_get'),
  /** EINVAL while the pool is mirrored. */
  setRemoteNamespace: write<{ readonly nspace: string }>('mirror_remote_namespace_set'),
};

/** Its peers. */
export const clsRbdMirrorPeers = {
  list: read<void, readonly MirrorPeer[]>('mirror_peer_list'),
  /** EINVAL while the pool is not mirrored; EEXIST for a uuid or a site that is there already. */
  add: write<MirrorPeer>('mirror_peer_add'),
  /** One that is not there is no error. */
  remove: write<{ readonly uuid: string }>('mirror_peer_remove'),
  /** ENOENT. */
  setClient: write<{ readonly uuid: string; readonly clientName: string }>('mirror_peer_set_client'),
  setSite: write<{ readonly uuid: string; readonly siteName: string }>('mirror_peer_set_cluster'),
  setDirection: write<{ readonly uuid: string; readonly direction: MirrorPeer['direction'] }>(
    'mirror_peer_set_direction',
  ),
};

/** The images of the pool that are mirrored. */
export const clsRbdMirrorImages = {
  /** In order of ids. */
  list: read<ListPage, readonly (readonly [id: string, image: MirrorImage])[]>('mirror_image_list'),
  /** ENOENT. */
  get: read<{ readonly id: string }, MirrorImage>('mirror_image_get'),
  /** EINVAL for a state that cannot follow or another global id; EEXIST for a global id in use. */
  set: write<{ readonly id: string; readonly image: MirrorImage }>('mirror_image_set'),
  /** EBUSY unless it is being disabled. */
  remove: write<{ readonly id: string }>('mirror_image_remove'),
};
