import { describe, expect, it } from 'vitest';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { Decoder } from '../../../../src/engine/codec/denc.ts';
import { decodeMirrorStateCount, encodeMirrorImageState } from '../../../../src/engine/codec/rbd-mirror-state-codec.ts';
import { USER_NAMESPACE } from '../../../../src/engine/codec/rbd-types.ts';

const SNAP = { id: 3, namespace: USER_NAMESPACE, name: 's', protection: 'unprotected' } as const;
const STATE = { name: 'j', features: 45, snapLimit: null, snaps: [SNAP], metadata: [] };
/** What a real cluster wrote for an image `j` with a snapshot `s`. */
const RECORDED =
  '0101040000000100000001013b000000010000006a2d00000000000000ffffffffffffffff01000000030000000000000001011000000001010400000000000000010000007300' +
  '00000000';

const hex = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('hex');

describe('what an image was like at a mirror snapshot', () => {
  it('has the bytes that a real cluster wrote', () => {
    const objects = encodeMirrorImageState(STATE, 2 ** 22);
    expect(objects.map(hex)).toEqual([RECORDED]);
  });

  it('goes on in further objects, which the first one counts', () => {
    const state = { ...STATE, metadata: [['key', utf8Encode('v'.repeat(200))] as const] };
    const [whole] = encodeMirrorImageState(state, 2 ** 22);
    const objects = encodeMirrorImageState(state, 100);
    expect(objects.map(({ length }) => length)).toEqual([100, 100, 86]);
    expect(decodeMirrorStateCount(new Decoder(objects[0] ?? new Uint8Array()))).toBe(3);
    expect(objects.map(hex).join('').slice(20)).toBe(hex(whole).slice(20));
  });

  it('what cannot be read counts as one', () => {
    expect(decodeMirrorStateCount(new Decoder(new Uint8Array([1, 1, 4])))).toBe(1);
  });
});
