import { must } from '../../base/assert.ts';
import { type RecordStore, tableName } from '../../base/records.ts';
import type { ObjectStore, Transaction } from '../../os/object-store.ts';
import type { Onode } from '../../os/onode.ts';

const DAMAGED = tableName<true>('damaged-pools');

/** Notes that copies of a pool's objects were changed or lost behind their OSDs' backs. */
export function noteDamage(records: RecordStore, pool: number): void {
  records.table(DAMAGED).set(String(pool), true);
}

/** True where a pool may have damaged copies: all others need not be looked through. */
export function mayBeDamaged(records: RecordStore, pool: number): boolean {
  const table = records.table(DAMAGED);
  return table.size > 0 && table.has(String(pool));
}

/** What OSDs do about damaged copies. */
export interface DamageWork {
  readonly applyToDamaged: (
    stores: readonly ObjectStore[],
    pool: number,
    seed: number,
    transaction: Transaction,
  ) => void;
  readonly hasWrongDigest: (onode: Onode) => boolean;
}

let loaded: DamageWork | null = null;

/** Loads it: who only shows a cluster does without. */
export function loadDamageWork(work: DamageWork): void {
  loaded = work;
}

export function damageWork(): DamageWork {
  return must(loaded, 'what is done about damage');
}
