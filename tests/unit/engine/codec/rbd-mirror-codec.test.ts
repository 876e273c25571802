import { describe, expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import {
  decodeMirrorImage,
  decodeMirrorPeer,
  encodeMirrorImage,
  encodeMirrorPeer,
} from '../../../../src/engine/codec/rbd-mirror-codec.ts';
import { dencoderTests } from './recorded.ts';

describe('mirroring as ceph-dencoder writes it', () => {
  it.each(dencoderTests('cls_rbd_MirrorImage'))('MirrorImage (%#)', ({ bytes, json }) => {
    const image = decodeMirrorImage(new Decoder(bytes));
    expect(hexOf(encodeMirrorImage(image))).toBe(hexOf(bytes));
    expect({ mode: image.mode, global_image_id: image.globalId, state: image.state }).toEqual(json);
  });

  it.each(dencoderTests('cls_rbd_MirrorPeer').slice(1))('MirrorPeer (%#)', ({ bytes, json }) => {
    const peer = decodeMirrorPeer(new Decoder(bytes));
    expect(peer).toMatchObject({ uuid: json.uuid, siteName: json.site_name, clientName: json.client_name });
  });

  it('MirrorPeer: both ways', () => {
    const peer = {
      uuid: 'u',
      direction: 'rx-tx',
      siteName: 's',
      clientName: 'client.x',
      mirrorUuid: 'm',
      lastSeen_us: 5_000_000,
    } as const;
    expect(decodeMirrorPeer(new Decoder(encodeMirrorPeer(peer)))).toEqual(peer);
  });
});
