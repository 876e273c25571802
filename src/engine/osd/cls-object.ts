import { type Data, sliceData } from '../base/data.ts';
import type { ObjectContext } from '../cls/object-context.ts';
import type { OsdOp } from '../codec/osd-op.ts';
import { countOp } from './io-counts.ts';
import type { OpContext } from './op-context.ts';
import * as attr from './ops/attr-ops.ts';
import * as data from './ops/data-ops.ts';
import { clientAddress } from './ops/snap-ops.ts';
import { writeFull } from './ops/write-full.ts';

/**
 * What a class method sees of its object: the operations of the OSD itself, within the same request.
 * @ceph src/osd/objclass.cc cls_cxx_* — the calls that today's classes make
 */
export function objectContextOf(context: OpContext): ObjectContext {
  const run = <Op extends OsdOp>(op: Op, change: (context: OpContext, op: Op) => void): void => {
    change(context, op);
    countOp(context, op, undefined);
  };
  const source = () => context.readFrom(context);
  return {
    client: context.request.client,
    clientAddress: clientAddress(context.request.client),
    random_u32: () => context.engine.rng.uint32('osd'),
    xattrNames: () => [...(source()?.xattrs.keys() ?? [])],
    snapc: context.snapc,
    snapsetSeq: () =>
      context.exists || (context.before?.snapSet?.clones.length ?? 0) > 0 ? context.snapSet.seq : null,
    era: context.engine.era,
    now_us: () => context.now_us,
    exists: () => context.exists,
    size: () => context.size,
    create: (exclusive) => run({ op: 'create', exclusive }, data.create),
    remove: () => run({ op: 'delete' }, () => context.removeHead()),
    read: (off, len) => readCounted(context, off, len),
    write: (off, bytes) => run({ op: 'write', off, data: bytes }, data.write),
    writeFull: (bytes) => run({ op: 'write-full', data: bytes }, writeFull),
    truncate: (size) => run({ op: 'truncate', size }, data.truncate),
    zero: (off, len) => run({ op: 'zero', off, len }, data.zero),
    getXattr: (name) => countedBytes(context, { op: 'getxattr', name }, source()?.xattrs.get(name)),
    setXattr: (name, value) => run({ op: 'setxattr', name, value }, attr.setXattr),
    removeXattr: (name) => run({ op: 'rmxattr', name }, attr.removeXattr),
    omapGet: (key) => countedBytes(context, { op: 'getxattr', name: key }, source()?.omap.get(key)),
    omapEntries: (after, prefix, max) => {
      const entries = attr.omapEntries(source()?.omap ?? new Map(), after, prefix, max);
      countOp(context, { op: 'omap-get-vals', after, prefix, max }, entries);
      return entries;
    },
    omapSet: (entries) => run({ op: 'omap-set', entries }, attr.omapSet),
    omapRemove: (keys) => run({ op: 'omap-rm-keys', keys }, attr.omapRemoveKeys),
    omapClear: () => run({ op: 'omap-clear' }, attr.omapClear),
  };
}

function readCounted(context: OpContext, off: number, len: number): Data {
  const { data: content } = context.target;
  const read = sliceData(content, off, Math.max(0, Math.min(len, content.length - off)));
  countOp(context, { op: 'read', off, len }, read);
  return read;
}

/** A value that was looked up; one that is not there counts as a read of nothing. */
function countedBytes(context: OpContext, op: OsdOp, value: Uint8Array | undefined): Uint8Array | undefined {
  countOp(context, op, value ?? new Uint8Array());
  return value;
}
