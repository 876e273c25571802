import type { Data } from '../base/data.ts';
import type { Era } from '../base/era.ts';
import type { ByteString } from '../base/utf8.ts';
import type { OmapEntries } from '../codec/osd-op.ts';
import type { SnapContext } from '../codec/snap.ts';

/**
 * What a method of an object class sees of its object, on the primary, within the request (the `cls_cxx_*` calls).
 * Everything happens at once; what a method has written it reads again. If it throws, nothing of the request is kept.
 */
export interface ObjectContext {
  /** False for a whiteout too. */
  exists(): boolean;
  /** Bytes of data; 0 where it does not exist. */
  size(): number;
  /** Exclusive: EEXIST where it is there. Else nothing happens then. */
  create(exclusive: boolean): void;
  remove(): void;
  /** Shorter than asked for at the end of the object; ENOENT where it does not exist. */
  read(off: number, len: number): Data;
  /** Creates the object where it does not exist, as all that follow. */
  write(off: number, data: Data): void;
  writeFull(data: Data): void;
  truncate(size: number): void;
  zero(off: number, len: number): void;
  getXattr(name: string): Uint8Array | undefined;
  setXattr(name: string, value: Uint8Array): void;
  removeXattr(name: string): void;
  xattrNames(): readonly string[];
  omapGet(key: ByteString): Uint8Array | undefined;
  /** At most `max` entries behind `after` (null: from the first) whose keys begin with `prefix` (null: all), in key order. */
  omapEntries(after: ByteString | null, prefix: ByteString | null, max: number): OmapEntries;
  omapSet(entries: ReadonlyMap<ByteString, Uint8Array>): void;
  /** Keys that are not there are no error. */
  omapRemove(keys: readonly ByteString[]): void;
  omapClear(): void;
  /** The OSD's clock, since the Unix epoch. */
  now_us(): number;
  /** Chance for names that the OSD makes up (a trashed snapshot's): a stream of the OSDs' own. */
  random_u32(): number;
  /** The client that asks: its number, and its address as `IP:PORT/NONCE`. */
  readonly client: number;
  readonly clientAddress: string;
  readonly snapc: SnapContext;
  /** The newest snapshot that the object was written under (`cls_get_snapset_seq`); null where there is no object. */
  snapsetSeq(): number | null;
  /** Whose ways the cluster has. */
  readonly era: Era;
}
