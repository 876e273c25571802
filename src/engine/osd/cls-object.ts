import { sliceData } from '../base/data.ts';
import type { ObjectContext } from '../cls/object-context.ts';
import type { OpContext } from './op-context.ts';
import * as attr from './ops/attr-ops.ts';
import * as data from './ops/data-ops.ts';
import { clientAddress } from './ops/snap-ops.ts';

/**
 * What a class method sees of its object: the operations of the OSD itself, within the same request.
 * @ceph src/osd/objclass.cc cls_cxx_* — the calls that today's classes make
 */
export function objectContextOf(context: OpContext): ObjectContext {
  return {
    client: context.request.client,
    clientAddress: clientAddress(context.request.client),
    random_u32: () => context.engine.rng.uint32('osd'),
    xattrNames: () => [...(context.readFrom(context)?.xattrs.keys() ?? [])],
    snapc: context.snapc,
    now_us: () => context.now_us,
    exists: () => context.exists,
    size: () => context.size,
    create: (exclusive) => data.create(context, { op: 'create', exclusive }),
    remove: () => context.removeHead(),
    read: (off, len) => {
      const onode = context.target;
      return sliceData(onode.data, off, Math.max(0, Math.min(len, onode.data.length - off)));
    },
    write: (off, bytes) => data.write(context, { op: 'write', off, data: bytes }),
    writeFull: (bytes) => data.writeFull(context, { op: 'write-full', data: bytes }),
    truncate: (size) => data.truncate(context, { op: 'truncate', size }),
    zero: (off, len) => data.zero(context, { op: 'zero', off, len }),
    getXattr: (name) => context.readFrom(context)?.xattrs.get(name),
    setXattr: (name, value) => attr.setXattr(context, { op: 'setxattr', name, value }),
    removeXattr: (name) => attr.removeXattr(context, { op: 'rmxattr', name }),
    omapGet: (key) => context.readFrom(context)?.omap.get(key),
    omapEntries: (after, prefix, max) =>
      attr.omapEntries(context.readFrom(context)?.omap ?? new Map(), after, prefix, max),
    omapSet: (entries) => attr.omapSet(context, { op: 'omap-set', entries }),
    omapRemove: (keys) => attr.omapRemoveKeys(context, { op: 'omap-rm-keys', keys }),
    omapClear: () => attr.omapClear(context),
  };
}
