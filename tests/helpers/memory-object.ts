import {
  bytesOfData,
  type Data,
  holeData,
  NO_DATA,
  overwriteData,
  punchData,
  sliceData,
  truncateData,
} from '../../src/engine/base/data.ts';
import { eraOf } from '../../src/engine/base/era.ts';
import { CephError } from '../../src/engine/base/errno.ts';
import { type ByteString, byteStringOfText } from '../../src/engine/base/utf8.ts';
import { CLASSES } from '../../src/engine/cls/classes.ts';
import type { ObjectContext } from '../../src/engine/cls/object-context.ts';
import type { ClsMethod, OmapEntries } from '../../src/engine/codec/osd-op.ts';
import { NO_SNAPC } from '../../src/engine/codec/snap.ts';

/** One object in memory, for tests of object classes. */
export class MemoryObject implements ObjectContext {
  data: Data | null = null;
  readonly xattrs = new Map<string, Uint8Array>();
  readonly omap = new Map<ByteString, Uint8Array>();
  readonly snapc = NO_SNAPC;
  client = 4100;
  clientAddress = '10.0.0.1:0/1';
  clock_us = 1_795_347_686_000_000;
  writes: { off: number; len: number }[] = [];
  #chance = 1;

  /** Calls a method as the OSD does. */
  call<In, Out>(method: ClsMethod<In, Out>, input: In): Out {
    const handler = CLASSES.get(`${method.cls}.${method.name}`);
    if (handler === undefined) throw new Error(`no method ${method.name}`);
    return handler.run(this, input) as Out;
  }

  /** The errno that a call fails with; 0 where it does not. */
  errno<In, Out>(method: ClsMethod<In, Out>, input: In): number {
    try {
      this.call(method, input);
      return 0;
    } catch (error) {
      if (error instanceof CephError) return error.errno;
      throw error;
    }
  }

  bytes(): Uint8Array {
    return bytesOfData(this.data ?? NO_DATA);
  }

  value(key: string): Uint8Array | undefined {
    return this.omap.get(byteStringOfText(key));
  }

  keys(): string[] {
    return [...this.omap.keys()].sort();
  }

  snapsetSeq(): number | null {
    return this.data === null ? null : 0;
  }
  exists(): boolean {
    return this.data !== null;
  }
  size(): number {
    return this.data?.length ?? 0;
  }
  create(exclusive: boolean): void {
    if (exclusive && this.data !== null) throw new CephError('EEXIST');
    this.data ??= NO_DATA;
  }
  remove(): void {
    this.data = null;
    this.xattrs.clear();
    this.omap.clear();
  }
  read(off: number, len: number): Data {
    if (this.data === null) throw new CephError('ENOENT');
    return sliceData(this.data, off, Math.max(0, Math.min(len, this.data.length - off)));
  }
  write(off: number, data: Data): void {
    this.writes.push({ off, len: data.length });
    this.data = overwriteData(this.data ?? NO_DATA, off, data);
  }
  writeFull(data: Data): void {
    this.writes.push({ off: 0, len: data.length });
    this.data = data;
  }
  truncate(size: number): void {
    this.data = truncateData(this.data ?? holeData(0), size);
  }
  zero(off: number, len: number): void {
    this.data = punchData(this.data ?? NO_DATA, off, len);
  }
  getXattr(name: string): Uint8Array | undefined {
    return this.xattrs.get(name);
  }
  setXattr(name: string, value: Uint8Array): void {
    this.create(false);
    this.xattrs.set(name, value);
  }
  removeXattr(name: string): void {
    this.xattrs.delete(name);
  }
  xattrNames(): readonly string[] {
    return [...this.xattrs.keys()].sort();
  }
  omapGet(key: ByteString): Uint8Array | undefined {
    return this.omap.get(key);
  }
  omapEntries(after: ByteString | null, prefix: ByteString | null, max: number): OmapEntries {
    const keys = [...this.omap.keys()].sort();
    const wanted = keys.filter((key) => (after === null || key > after) && key.startsWith(prefix ?? ''));
    return wanted.slice(0, max).map((key) => [key, this.omap.get(key) ?? new Uint8Array()]);
  }
  omapSet(entries: ReadonlyMap<ByteString, Uint8Array>): void {
    this.create(false);
    for (const [key, value] of entries) this.omap.set(key, value);
  }
  omapRemove(keys: readonly ByteString[]): void {
    for (const key of keys) this.omap.delete(key);
  }
  omapClear(): void {
    this.omap.clear();
  }
  readonly era = eraOf();

  now_us(): number {
    return this.clock_us;
  }
  random_u32(): number {
    this.#chance = (Math.imul(this.#chance, 1664525) + 1013904223) >>> 0;
    return this.#chance;
  }
}
