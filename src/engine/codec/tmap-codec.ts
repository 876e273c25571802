import { EMPTY_BYTES } from '../base/bytes.ts';
import { Decoder, encode } from './denc.ts';

/**
 * A "trivial map": an object whose data is a header and keys with values, as there was before omaps. `rbd_directory`
 * lists images of format 1 in one.
 */
export interface Tmap {
  readonly header: Uint8Array;
  readonly entries: ReadonlyMap<string, Uint8Array>;
}

/** A step of a `tmap-up` operation. Removing a key that is not there is ENOENT. */
export type TmapUpdate =
  | { readonly kind: 'set'; readonly key: string; readonly value: Uint8Array }
  | { readonly kind: 'remove'; readonly key: string };

const EMPTY_TMAP: Tmap = { header: EMPTY_BYTES, entries: new Map() };

/** @ceph src/osd/PrimaryLogPG.cc do_tmapup — exact: header as a buffer, then a map in the order of its keys */
export function encodeTmap({ header, entries }: Tmap): Uint8Array {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return encode((encoder) => encoder.blob(header).list(sorted, (e, [key, value]) => e.string(key).blob(value)));
}

/** Of no bytes it is an empty map. A DecodeError (EINVAL) where they are none. */
export function decodeTmap(bytes: Uint8Array): Tmap {
  if (bytes.length === 0) return EMPTY_TMAP;
  const decoder = new Decoder(bytes);
  const header = decoder.at('header').blob();
  return { header, entries: new Map(decoder.at('entries').list((d) => [d.string(), d.blob()])) };
}
