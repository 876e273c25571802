import { must } from '../../base/assert.ts';
import type { EngineContext } from '../../base/context.ts';
import { hobjectKey } from '../../os/hobject.ts';
import type { EVersion, Onode } from '../../os/onode.ts';
import { tracerOf } from '../op-tracer.ts';
import { pgTable } from '../pg.ts';
import { logKey } from '../pg-log.ts';
import { type PgView, writePg } from '../primary-log-pg.ts';

/** What an OSD does to an object of a cache by itself, as its operation is called. */
export type CacheStep = 'promote' | 'clean' | 'evict';

/** The version of the next change of a PG. */
export function nextVersion(engine: EngineContext, pg: PgView): EVersion {
  return { epoch: pg.epoch, version: must(pgTable(engine.records).get(pg.pgid), 'PG record').version + 1 };
}

/** Puts an object on all OSDs of its PG; `bytes` of content are sent to each. */
export function putObject(
  engine: EngineContext,
  pg: PgView,
  step: CacheStep,
  onode: Onode,
  before: Onode | undefined,
): void {
  const key = hobjectKey(onode.hoid);
  const isSame = before !== undefined && before.data === onode.data;
  const bytes = isSame ? 0 : onode.data.length;
  const keeps = isSame ? { key, version: before.info.version } : null;
  const entry = { op: 'modify' as const, hoid: onode.hoid, info: onode.info };
  writePg(engine, pg, [entry], { puts: [{ key, onode, keeps }], removes: [], bytes });
  count(engine, pg, bytes);
  tracerOf(engine)?.tiered(engine, pg, onode.hoid, step, bytes, logKey(onode.info.version));
}

/** Takes an object off all OSDs of its PG, without a whiteout. */
export function dropObject(engine: EngineContext, pg: PgView, onode: Onode): void {
  const version = nextVersion(engine, pg);
  const info = { version, priorVersion: onode.info.version, mtime_us: engine.now_us(), lastClient: 0 };
  const removes = [hobjectKey(onode.hoid)];
  writePg(engine, pg, [{ op: 'delete', hoid: onode.hoid, info }], { puts: [], removes, bytes: 0 });
  count(engine, pg, 0);
  tracerOf(engine)?.tiered(engine, pg, onode.hoid, 'evict', 0, logKey(version));
}

function count({ cost }: EngineContext, { acting, backfill }: PgView, bytes: number): void {
  const copies = acting.length + backfill.length;
  cost.diskWrites += copies;
  cost.writeBytes += bytes * copies;
  cost.networkBytes += bytes * (copies - 1);
  cost.replicaWrites += copies - 1;
}
