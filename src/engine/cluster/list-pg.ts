import type { EngineContext } from '../base/context.ts';
import { OP_US } from '../base/request-time.ts';
import type { Task } from '../base/task.ts';
import { NOSNAP } from '../codec/snap.ts';
import type { ListedObject } from '../librados/rados.ts';
import type { Onode } from '../os/onode.ts';
import { missingTable } from '../osd/missing.ts';
import { tracerOf } from '../osd/op-tracer.ts';
import type { PgView } from '../osd/primary-log-pg.ts';

/** What a listing needs of the way to the OSDs. */
export interface ListPort {
  readonly engine: EngineContext;
  readonly clientId: number;
  /** The PG once it is active. */
  activePg(pool: number, seedIn: () => number, writes: boolean): Task<PgView>;
}

/** Objects of one PG in Ceph's order; `nspace` null lists all namespaces. */
export function* listPg(
  { engine, clientId, activePg }: ListPort,
  pool: number,
  seed: number,
  nspace: string | null,
): Task<readonly ListedObject[]> {
  const pg = yield* activePg(pool, () => seed, false);
  const onodes = onodesOf(pg, missingTable(engine.records, pg.pgid).size > 0);
  const listed: ListedObject[] = [];
  for (const key of [...onodes.keys()].sort()) {
    const hoid = onodes.get(key)?.hoid;
    if (hoid === undefined || hoid.snap !== NOSNAP || (nspace !== null && hoid.nspace !== nspace)) continue;
    listed.push({ nspace: hoid.nspace, oid: hoid.oid, locator: hoid.locator });
  }
  engine.cost.clientOps++;
  tracerOf(engine)?.listed(engine, pg, clientId);
  yield OP_US;
  return listed;
}

/** The primary's objects, and while it lacks some also those that others have. */
function onodesOf({ acting, pool, seed }: PgView, isMissingSome: boolean): ReadonlyMap<string, Onode> {
  const stores = isMissingSome ? acting : acting.slice(0, 1);
  const entries = stores.flatMap((store) => [...store.collection(pool.id, seed).entries()]);
  return new Map(entries.filter(([, onode]) => onode.damage?.lost !== true));
}
