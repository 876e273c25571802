import { CephError } from '../base/errno.ts';
import { type Decoder, encode } from './denc.ts';
import { MIRROR_IMAGE_MODES, type MirrorImageMode } from './rbd-migration-codec.ts';
import { showTime } from './show.ts';

/** In the order of their codes. */
export const MIRROR_MODES = ['disabled', 'image', 'pool', 'init-only'] as const;
export type MirrorMode = (typeof MIRROR_MODES)[number];

/** In the order of their codes. */
const IMAGE_STATES = ['disabling', 'enabled', 'creating'] as const;
export type MirrorImageState = (typeof IMAGE_STATES)[number];

/** In the order of their codes: which way a peer is mirrored with. */
export const PEER_DIRECTIONS = ['rx-only', 'tx-only', 'rx-tx'] as const;
export type MirrorPeerDirection = (typeof PEER_DIRECTIONS)[number];

/** An image that is mirrored, under `image_ID` of `rbd_mirroring`. */
export interface MirrorImage {
  readonly globalId: string;
  readonly state: MirrorImageState;
  readonly mode: MirrorImageMode;
}

/** A cluster to mirror with, under `mirror_peer_UUID`. */
export interface MirrorPeer {
  readonly uuid: string;
  readonly direction: MirrorPeerDirection;
  readonly siteName: string;
  readonly clientName: string;
  /** Of the peer's pool; empty until it is met. */
  readonly mirrorUuid: string;
  readonly lastSeen_us: number;
}

/** @ceph src/cls/rbd/cls_rbd_types.cc MirrorImage::encode — exact, version 2 */
export function encodeMirrorImage({ globalId, state, mode }: MirrorImage): Uint8Array {
  return encode((encoder) =>
    encoder.struct(2, 1, (e) =>
      e.string(globalId).u8(IMAGE_STATES.indexOf(state)).u8(MIRROR_IMAGE_MODES.indexOf(mode)),
    ),
  );
}

export function decodeMirrorImage(decoder: Decoder): MirrorImage {
  return decoder.struct(2, (d, version) => ({
    globalId: d.field('global_image_id', (f) => f.string()),
    state: d.field('state', (f) => oneOf(IMAGE_STATES, f.u8(), 'state of a mirror image')),
    mode:
      version >= 2 ? d.field('mode', (f) => oneOf(MIRROR_IMAGE_MODES, f.u8(), 'mode of a mirror image')) : 'journal',
  }));
}

/** @ceph src/cls/rbd/cls_rbd_types.cc MirrorPeer::encode — exact, version 2 */
export function encodeMirrorPeer(peer: MirrorPeer): Uint8Array {
  return encode((encoder) =>
    encoder.struct(2, 1, (e) =>
      e
        .string(peer.uuid)
        .string(peer.siteName)
        .string(peer.clientName)
        .s64(-1)
        .u8(PEER_DIRECTIONS.indexOf(peer.direction))
        .string(peer.mirrorUuid)
        .utime(peer.lastSeen_us),
    ),
  );
}

export function decodeMirrorPeer(decoder: Decoder): MirrorPeer {
  return decoder.struct(2, (d, version) => {
    const uuid = d.field('uuid', (f) => f.string());
    const siteName = d.field('site_name', (f) => f.string());
    const clientName = d.field('client_name', (f) => f.string());
    d.field('pool_id', (f) => f.s64());
    return {
      uuid,
      siteName,
      clientName,
      direction:
        version >= 2
          ? d.field('direction', (f) => oneOf(PEER_DIRECTIONS, f.u8(), 'direction of a mirror peer'))
          : 'rx-tx',
      mirrorUuid: version >= 2 ? d.field('mirror_uuid', (f) => f.string()) : '',
      lastSeen_us: version >= 2 ? d.field('last_seen', (f) => f.utime(), showTime) : 0,
    };
  });
}

function oneOf<T>(values: readonly T[], code: number, what: string): T {
  const value = values[code];
  if (value === undefined) throw new CephError('EINVAL', `${what} ${code}`);
  return value;
}
