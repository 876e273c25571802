import { must } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import type { Watcher } from '../codec/osd-op.ts';
import { hobjectKey } from '../os/hobject.ts';
import type { Onode } from '../os/onode.ts';
import { pgRecord } from './pg.ts';
import type { PgLogEntry } from './pg-log.ts';
import { type PgView, writePg } from './primary-log-pg.ts';

/**
 * Drops the watches of some clients on the objects of a PG.
 * @ceph src/osd/PrimaryLogPG.cc handle_watch_timeout — exact: a new version of the object, that no client made
 */
export function dropWatches(engine: EngineContext, pg: PgView, isOf: (watcher: Watcher) => boolean): void {
  const table = must(pg.acting[0], 'primary').collection(pg.pool.id, pg.seed);
  for (const onode of [...table.values()]) {
    if (onode.info.watchers.some(isOf)) dropWatch(engine, pg, onode, isOf);
  }
}

function dropWatch(engine: EngineContext, pg: PgView, onode: Onode, isOf: (watcher: Watcher) => boolean): void {
  const record = must(pgRecord(engine.records, pg.pool.id, pg.seed), 'PG record');
  const version = { epoch: pg.epoch, version: record.version + 1 };
  const watchers = onode.info.watchers.filter((watcher) => !isOf(watcher));
  const info = { ...onode.info, version, priorVersion: onode.info.version, watchers };
  const key = hobjectKey(onode.hoid);
  const entry: PgLogEntry = { op: 'modify', hoid: onode.hoid, info };
  const keeps = { key, version: onode.info.version };
  writePg(engine, pg, [entry], { puts: [{ key, onode: { ...onode, info }, keeps }], removes: [], bytes: 0 });
}
