import type { Task } from '../../base/task.ts';
import { clsRbdGroupSnaps } from '../../codec/cls-rbd-group-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { groupIdOf, groupSnaps } from '../group.ts';
import { groupHeaderName } from '../object-names.ts';
import { describeGroupSnap, type GroupSnapInfo } from './group-snap-info.ts';

const PAGE = 1024;

/**
 * A group's snapshots in the order in which they were made; by their ids where that is not known of one. ENOENT.
 *
 * @ceph src/librbd/api/Group.cc snap_list, src/librbd/group/ListSnapshotsRequest.cc — exact
 */
export function* listGroupSnaps(io: IoCtx, groupName: string): Task<GroupSnapInfo[]> {
  const groupId = yield* groupIdOf(io, groupName, 'snap_list');
  const orders = yield* snapOrders(io, groupId);
  const snaps = yield* groupSnaps(io, groupId);
  if (snaps.every(({ id }) => orders.has(id))) {
    snaps.sort((a, b) => (orders.get(a.id) ?? 0) - (orders.get(b.id) ?? 0));
  }
  const out: GroupSnapInfo[] = [];
  for (const snap of snaps) out.push(yield* describeGroupSnap(io, groupId, snap));
  return out;
}

function* snapOrders(io: IoCtx, groupId: string): Task<ReadonlyMap<string, number>> {
  const out = new Map<string, number>();
  for (let start = ''; ; ) {
    const page = yield* io.exec(groupHeaderName(groupId), clsRbdGroupSnaps.listOrder, { start, max: PAGE });
    for (const [id, order] of page) out.set(id, order);
    start = page.at(-1)?.[0] ?? '';
    if (page.length < PAGE) return out;
  }
}
