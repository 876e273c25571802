import { CephError } from '../../base/errno.ts';
import { clsRbdGroupSnaps as methods } from '../../codec/cls-rbd-group-methods.ts';
import { decodeGroupSnapshot, encodeGroupSnapshot } from '../../codec/rbd-group-codec.ts';
import type { GroupSnapshot } from '../../codec/rbd-types.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';
import {
  asU64,
  decodeValue,
  hasKey,
  listByPrefix,
  readKey,
  removeKey,
  requireKey,
  u64,
  writeKey,
} from '../omap-values.ts';

const SNAP_PREFIX = 'snapshot_';
const ORDER_PREFIX = 'snap_order_';
const MAX_ORDER = 'snap_max_order';

/** @ceph src/cls/rbd/cls_rbd.cc group_snap_* — exact */
export const GROUP_SNAP_HANDLERS: readonly ClsHandler[] = [
  implement(methods.set, (object, snap) => {
    if (snap.name === '' || snap.id === '') throw new CephError('EINVAL', 'group snapshot without a name or an id');
    if (snapsOf(object).some(({ id, name }) => name === snap.name && id !== snap.id)) {
      throw new CephError('EEXIST', `group snapshot ${snap.name}`);
    }
    if (snap.state === 'incomplete') putInOrder(object, snap.id);
    writeKey(object, SNAP_PREFIX + snap.id, encodeGroupSnapshot(snap));
  }),

  implement(methods.remove, (object, { id }) => {
    removeKey(object, SNAP_PREFIX + id);
    removeKey(object, ORDER_PREFIX + id);
  }),

  implement(methods.getById, (object, { id }) => requireKey(object, SNAP_PREFIX + id, decodeGroupSnapshot)),
  implement(methods.list, (object, { start, max }) => snapsOf(object, start, max)),

  implement(methods.listOrder, (object, { start, max }) =>
    listByPrefix(object, ORDER_PREFIX, start, max).map(([id, value]) => [id, decodeValue(id, value, asU64)]),
  ),
];

function snapsOf(object: ObjectContext, start = '', max?: number): GroupSnapshot[] {
  return listByPrefix(object, SNAP_PREFIX, start, max).map(([id, value]) =>
    decodeValue(SNAP_PREFIX + id, value, decodeGroupSnapshot),
  );
}

/** A new snapshot comes behind all that there ever were. */
function putInOrder(object: ObjectContext, id: string): void {
  if (hasKey(object, SNAP_PREFIX + id) || hasKey(object, ORDER_PREFIX + id)) {
    throw new CephError('EEXIST', `group snapshot id ${id}`);
  }
  const order = u64((readKey(object, MAX_ORDER, asU64) ?? 0) + 1);
  writeKey(object, MAX_ORDER, order);
  writeKey(object, ORDER_PREFIX + id, order);
}
