import { bytesOfData, type Data } from '../../engine/base/data.ts';
import type { ByteString } from '../../engine/base/utf8.ts';
import { describeValue, type Part } from '../../engine/codec/describe.ts';
import type { BytesView, NamedBytes } from '../../protocol/calls.ts';
import { readableKey } from './keys.ts';

/** Bytes that an inspection carries at most of one value, and those that are decoded. */
const SHOWN_BYTES = 16 * 1024;
const DECODED_BYTES = 1024 * 1024;

/** Bytes with what they mean. */
export function bytesView(
  oid: string,
  part: Part,
  key: ByteString,
  bytes: Uint8Array,
  length = bytes.length,
): BytesView {
  const described = bytes.length === length ? describeValue(oid, part, key, bytes) : null;
  return {
    length,
    bytes: bytes.slice(0, SHOWN_BYTES),
    fields: described?.fields ?? [],
    type: described?.type ?? null,
  };
}

/** An object's data: the first bytes of it, decoded where it is not too large for that. */
export function dataView(oid: string, data: Data, noKey: ByteString): BytesView {
  const made = data.length <= DECODED_BYTES ? data.length : SHOWN_BYTES;
  return bytesView(oid, 'data', noKey, bytesOfData(data, 0, made), data.length);
}

/** Omap entries or xattrs with their keys as text; a key that is none is shown in hex. */
export function namedBytes(
  oid: string,
  part: Part,
  entries: Iterable<readonly [ByteString, Uint8Array]>,
): NamedBytes[] {
  return [...entries].map(([key, value]) => ({ ...readableKey(key), value: bytesView(oid, part, key, value) }));
}
