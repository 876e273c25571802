import type { EngineContext } from '../base/context.ts';
import type { Task } from '../base/task.ts';
import type { ObjectStore } from '../os/object-store.ts';
import { pgIdText } from '../osdmap/pg-id.ts';
import { pgRecord, setPgRecord } from './pg.ts';
import type { PgView } from './primary-log-pg.ts';

/** Virtual time to start an object's copy, and the rate at which its bytes move. */
const OBJECT_US = 1_000;
const BYTES_PER_US = 100;

/**
 * Fills the stores that are to hold a PG and do not yet, one after the other, from the primary. `view` is asked
 * again for each, since the map may change under the work; the caller ends the PG's move once nothing is left.
 */
export function* backfillPg(engine: EngineContext, view: () => PgView | null): Task<void> {
  for (let pg = view(); pg !== null; pg = view()) {
    const [source] = pg.acting;
    const [target] = pg.backfill;
    if (source === undefined || target === undefined) return;
    yield* copyPg(engine, pg, source, target);
  }
}

function* copyPg(engine: EngineContext, pg: PgView, source: ObjectStore, target: ObjectStore): Task<void> {
  const { id } = pg.pool;
  const from = source.collection(id, pg.seed);
  const to = target.collection(id, pg.seed);
  for (const key of [...to.keys()]) if (!from.has(key)) to.delete(key);
  let bytes = 0;
  let objects = 0;
  // Looked through again until nothing is missing: PGs may merge into this one meanwhile.
  for (let keys = missingKeys(); keys.length > 0; keys = missingKeys()) {
    for (const key of keys) {
      const onode = from.get(key);
      if (onode === undefined || to.get(key) === onode) continue;
      to.set(key, onode);
      objects++;
      bytes += onode.data.length;
      engine.cost.networkBytes += onode.data.length;
      yield OBJECT_US + onode.data.length / BYTES_PER_US;
    }
  }
  function missingKeys(): string[] {
    return [...from.keys()].filter((key) => to.get(key) !== from.get(key));
  }
  const record = pgRecord(engine.records, id, pg.seed);
  if (record === undefined) return;
  setPgRecord(engine.records, { ...record, complete: [...record.complete, target.osd] });
  engine.emit({ type: 'osd/pg-recovered', pgid: pgIdText(id, pg.seed), objects, bytes });
}
