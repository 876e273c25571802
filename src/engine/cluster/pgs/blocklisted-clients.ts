import { CephError } from '../../base/errno.ts';
import { OP_US } from '../../base/request-time.ts';
import { type Task, waitUntil } from '../../base/task.ts';
import type { OsdRequest, Watcher } from '../../codec/osd-op.ts';
import { pgTable } from '../../osd/pg.ts';
import { dropWatches } from '../../osd/watch-timeout.ts';
import { isBlocklisted } from '../../osdmap/blocklisted.ts';
import type { MapExtra } from '../../osdmap/extra.ts';
import { pgIdText } from '../../osdmap/pg-id.ts';
import type { PlacementGroups } from './placement-groups.ts';

/** The lists whose clients have lost their watches. */
type Lists = Pick<MapExtra, 'blocklist' | 'rangeBlocklist'>;
const SWEPT = new WeakMap<PlacementGroups, Lists>();

/**
 * EBLOCKLISTED to a client that the map shuts out.
 *
 * @ceph src/osd/PrimaryLogPG.cc do_op — exact: listings of a PG are served all the same
 */
export function* refuseBlocklisted({ monitor, engine }: PlacementGroups, { client, oid }: OsdRequest): Task<void> {
  if (engine.isRecall() || !isBlocklisted(monitor.map(), client)) return;
  yield OP_US;
  throw new CephError('EBLOCKLISTED', oid);
}

/** With each map: where its lists are new ones, OSDs drop the watches of the clients on them at once. */
export function dropBlocklistedWatches(pgs: PlacementGroups): void {
  const { extra } = pgs.monitor.map();
  if (extra === undefined || (extra.blocklist.length === 0 && extra.rangeBlocklist.length === 0)) return;
  const swept = SWEPT.get(pgs);
  if (swept?.blocklist === extra.blocklist && swept.rangeBlocklist === extra.rangeBlocklist) return;
  pgs.engine.spawn(`blocklisted-watches/${pgs.monitor.map().epoch}`, sweep(pgs, extra));
}

/** @ceph src/osd/PrimaryLogPG.cc check_blocklisted_watchers — exact */
function* sweep(pgs: PlacementGroups, lists: Lists): Task<void> {
  const isShut = ({ client }: Watcher) => isBlocklisted(pgs.monitor.map(), client);
  for (const { pool, seed } of [...pgTable(pgs.engine.records).values()]) {
    const isReady = () => (pgs.view(pool, seed)?.phase ?? 'active') === 'active';
    yield* waitUntil(`PG ${pgIdText(pool, seed)} is active again`, isReady);
    const pg = pgs.view(pool, seed);
    if (pg !== null) dropWatches(pgs.engine, pg, isShut);
  }
  SWEPT.set(pgs, lists);
}
