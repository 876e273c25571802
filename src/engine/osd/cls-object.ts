import { EMPTY_BYTES } from '../base/bytes.ts';
import { type Data, sliceData } from '../base/data.ts';
import type { Era } from '../base/era.ts';
import type { ByteString } from '../base/utf8.ts';
import type { ObjectContext } from '../cls/object-context.ts';
import type { OmapEntries, OsdOp } from '../codec/osd-op.ts';
import type { SnapContext } from '../codec/snap.ts';
import type { Onode } from '../os/onode.ts';
import { clientAddress } from '../osdmap/blocklisted.ts';
import { countOp } from './io-counts.ts';
import type { OpContext } from './op-context.ts';
import * as attr from './ops/attr-ops.ts';
import * as data from './ops/data-ops.ts';
import { writeFull } from './ops/write-full.ts';

/**
 * What a class method sees of its object: the operations of the OSD itself, within the same request.
 * @ceph src/osd/objclass.cc cls_cxx_* — the calls that today's classes make
 */
export class ClsObject implements ObjectContext {
  readonly #context: OpContext;

  constructor(context: OpContext) {
    this.#context = context;
  }

  get client(): number {
    return this.#context.request.client;
  }

  get clientAddress(): string {
    return clientAddress(this.client);
  }

  get snapc(): SnapContext {
    return this.#context.snapc;
  }

  get era(): Era {
    return this.#context.engine.era;
  }

  now_us(): number {
    return this.#context.now_us;
  }

  random_u32(): number {
    return this.#context.engine.rng.uint32('osd');
  }

  snapsetSeq(): number | null {
    const { exists, before, snapSet } = this.#context;
    return exists || (before?.snapSet?.clones.length ?? 0) > 0 ? snapSet.seq : null;
  }

  exists(): boolean {
    return this.#context.exists;
  }

  size(): number {
    return this.#context.size;
  }

  create(exclusive: boolean): void {
    this.#run({ op: 'create', exclusive }, data.create);
  }

  remove(): void {
    this.#run({ op: 'delete' }, data.remove);
  }

  read(off: number, len: number): Data {
    const { data: content } = this.#context.target;
    const read = sliceData(content, off, Math.max(0, Math.min(len, content.length - off)));
    countOp(this.#context, { op: 'read', off, len }, read);
    return read;
  }

  write(off: number, bytes: Data): void {
    this.#run({ op: 'write', off, data: bytes }, data.write);
  }

  writeFull(bytes: Data): void {
    this.#run({ op: 'write-full', data: bytes }, writeFull);
  }

  truncate(size: number): void {
    this.#run({ op: 'truncate', size }, data.truncate);
  }

  zero(off: number, len: number): void {
    this.#run({ op: 'zero', off, len }, data.zero);
  }

  getXattr(name: string): Uint8Array | undefined {
    return this.#counted(name, this.#source()?.xattrs.get(name));
  }

  setXattr(name: string, value: Uint8Array): void {
    this.#run({ op: 'setxattr', name, value }, attr.setXattr);
  }

  removeXattr(name: string): void {
    this.#run({ op: 'rmxattr', name }, attr.removeXattr);
  }

  xattrNames(): readonly string[] {
    return [...(this.#source()?.xattrs.keys() ?? [])];
  }

  omapGet(key: ByteString): Uint8Array | undefined {
    return this.#counted(key, this.#source()?.omap.get(key));
  }

  omapEntries(after: ByteString | null, prefix: ByteString | null, max: number): OmapEntries {
    const entries = attr.omapEntries(this.#source()?.omap ?? new Map(), after, prefix, max);
    countOp(this.#context, { op: 'omap-get-vals', after, prefix, max }, entries);
    return entries;
  }

  omapSet(entries: ReadonlyMap<ByteString, Uint8Array>): void {
    this.#run({ op: 'omap-set', entries }, attr.omapSet);
  }

  omapRemove(keys: readonly ByteString[]): void {
    this.#run({ op: 'omap-rm-keys', keys }, attr.omapRemoveKeys);
  }

  omapClear(): void {
    this.#run({ op: 'omap-clear' }, attr.omapClear);
  }

  #source(): Onode | null {
    return this.#context.readFrom(this.#context);
  }

  #run<Op extends OsdOp>(op: Op, change: (context: OpContext, op: Op) => void): void {
    change(this.#context, op);
    countOp(this.#context, op, undefined);
  }

  /** A value that was looked up; one that is not there counts as a read of nothing. */
  #counted(name: string, value: Uint8Array | undefined): Uint8Array | undefined {
    countOp(this.#context, { op: 'getxattr', name }, value ?? EMPTY_BYTES);
    return value;
  }
}
