import { type RecordStore, tableName } from '../base/records.ts';
import { changeConfig, configState } from './config/state.ts';

/** What the manager's module rbd_support keeps of schedules beside what lies with pools. */
interface SupportState {
  /** Grows with each change: who waits for a schedule looks anew. */
  readonly version: number;
}

const SUPPORT = tableName<SupportState>('rbd_support');
const TRASH = 'trash_purge';
const TRASH_OPTION = 'mgr/rbd_support/trash_purge_schedule';

/** 0 where no schedule was ever made. */
export function trashScheduleVersion(records: RecordStore): number {
  return records.table(SUPPORT).get(TRASH)?.version ?? 0;
}

export function trashScheduleChanged(records: RecordStore): void {
  records.table(SUPPORT).set(TRASH, { version: trashScheduleVersion(records) + 1 });
}

/** The schedule of all pools, as the module's option has it; empty where there is none. */
export function globalTrashSchedule(records: RecordStore): string {
  return configState(records).rows.find(({ name }) => name === TRASH_OPTION)?.value ?? '';
}

export function setGlobalTrashSchedule(records: RecordStore, text: string | null, now_us: number): void {
  changeConfig(records, [{ row: { section: 'mgr', mask: '', name: TRASH_OPTION }, to: text }], now_us);
}
