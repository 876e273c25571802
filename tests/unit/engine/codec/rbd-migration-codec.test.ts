import { expect, it } from 'vitest';
import { hexOf } from '../../../../src/engine/base/bytes.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import { decodeMigrationSpec, encodeMigrationSpec } from '../../../../src/engine/codec/rbd-migration-codec.ts';
import { dencoderTests } from './recorded.ts';

it.each(dencoderTests('cls_rbd_MigrationSpec'))('MigrationSpec as ceph-dencoder writes it (%#)', ({ bytes, json }) => {
  const decoder = new Decoder(bytes);
  const spec = decodeMigrationSpec(decoder);
  expect(decoder.remaining).toBe(0);
  expect(hexOf(encodeMigrationSpec(spec))).toBe(hexOf(bytes));
  expect({
    header_type: spec.headerType,
    pool_id: spec.pool,
    pool_namespace: spec.nspace,
    image_name: spec.imageName,
    image_id: spec.imageId,
    snap_seqs: `{${spec.snapSeqs.map(([from, to]) => `(${from}, ${to})`).join(', ')}}`,
    overlap: spec.overlap,
    mirroring: spec.mirroring,
    mirror_image_mode: spec.mirrorMode,
  }).toEqual(json);
});
