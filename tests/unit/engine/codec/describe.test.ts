import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ByteString, byteStringOf, byteStringOfText } from '../../../../src/engine/base/utf8.ts';
import { describeKey, describeValue, type Part } from '../../../../src/engine/codec/describe.ts';
import { foundEncodings, recordedData, recordedOmap } from './recorded.ts';

const NO_KEY = byteStringOfText('');

interface Sample {
  readonly oid: string;
  readonly part: Part;
  readonly key: ByteString;
  readonly bytes: Uint8Array;
}

function samples(): Sample[] {
  return [
    ...recordedOmap().map(
      ({ oid, key, value }): Sample => ({ oid, part: 'omap', key: byteStringOf(key), bytes: value }),
    ),
    ...recordedData().map(({ oid, data }): Sample => ({ oid, part: 'data', key: NO_KEY, bytes: data })),
    ...foundEncodings('object_info_t').map(
      ({ bytes }): Sample => ({ oid: 'x', part: 'xattr', key: byteStringOfText('_'), bytes }),
    ),
    ...foundEncodings('SnapSet').map(
      ({ bytes }): Sample => ({ oid: 'x', part: 'xattr', key: byteStringOfText('snapset'), bytes }),
    ),
  ];
}

function of({ oid, part, key, bytes }: Sample) {
  return describeValue(oid, part, key, bytes);
}

describe('bytes described', () => {
  it('names every byte of a snapshot', () => {
    const sample = samples().find(({ key }) => key.startsWith('snapshot_'));
    const described = sample === undefined ? null : of(sample);
    expect(described?.type).toBe('cls_rbd_snap');
    expect(described?.fields.filter(({ depth }) => depth === 1).map(({ name }) => name)).toEqual([
      'id',
      'name',
      'image_size',
      'protection_status',
      'flags',
      'snapshot_namespace',
      'timestamp',
      'child_count',
      'parent_overlap',
    ]);
    const covered = new Set(
      described?.fields.flatMap(({ off, len }) => Array.from({ length: len }, (_, i) => off + i)),
    );
    expect(covered.size).toBe(sample?.bytes.length);
  });

  it('says features and sizes in words', () => {
    const features = new Uint8Array([0x3d, 0, 0, 0, 0, 0, 0, 0]);
    const described = describeValue('rbd_header.1', 'omap', byteStringOfText('features'), features);
    expect(described?.fields).toEqual([
      {
        off: 0,
        len: 8,
        name: 'features',
        value: '61 (layering, exclusive-lock, object-map, fast-diff, deep-flatten)',
        depth: 0,
      },
    ]);
  });

  it('reads the binary keys of rbd_children', () => {
    const [child] = recordedOmap().filter(({ oid }) => oid === 'rbd_children');
    const described = describeKey('rbd_children', byteStringOf(child?.key ?? new Uint8Array()));
    expect(described?.fields.map(({ name }) => name)).toEqual(['pool_id', 'image_id', 'snap_id']);
    expect(describeKey('rbd_directory', NO_KEY)).toBeNull();
  });

  it('knows nothing of data it has no decoder for', () => {
    expect(describeValue('rbd_data.1.0', 'data', NO_KEY, new Uint8Array(10))).toBeNull();
    expect(describeValue('foo', 'omap', byteStringOfText('size'), new Uint8Array(8))).toBeNull();
  });

  it('never throws: cut short, with bytes changed, or of chance', () => {
    const known = samples();
    fc.assert(
      fc.property(
        fc.nat(known.length - 1),
        fc.nat(400),
        fc.array(fc.tuple(fc.nat(300), fc.nat(255)), { maxLength: 4 }),
        (index, length, changes) => {
          const sample = known[index];
          if (sample === undefined) return;
          const bytes = sample.bytes.slice(0, length);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const described = of({ ...sample, bytes });
          for (const field of described?.fields ?? []) expect(field.off + field.len).toBeLessThanOrEqual(bytes.length);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('never throws on any bytes at all', () => {
    const known = samples();
    fc.assert(
      fc.property(fc.nat(known.length - 1), fc.uint8Array({ maxLength: 200 }), (index, bytes) => {
        const sample = known[index];
        if (sample !== undefined) of({ ...sample, bytes });
      }),
      { numRuns: 2000 },
    );
  });
});
