import { type RecordStore, tableName } from '../base/records.ts';
import { changeConfig, configState } from './config/state.ts';

/** What the manager's module rbd_support keeps of schedules beside what lies with pools. */
interface SupportState {
  /** Grows with each change: who waits for a schedule looks anew. */
  readonly version: number;
}

/** The same of mirror snapshots, with the images that were found when the module looked last. */
export interface MirrorSupport extends SupportState {
  readonly refreshed_us: number;
  readonly images: readonly MirroredImage[];
}

interface MirroredImage {
  readonly pool: number;
  readonly nspace: string;
  readonly id: string;
  /** With its pool and namespace. */
  readonly name: string;
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

const MIRROR_SUPPORT = tableName<MirrorSupport>('rbd_support_mirror');
const MIRROR = 'mirror_snapshot';
const MIRROR_OPTION = 'mgr/rbd_support/mirror_snapshot_schedule';
const NO_MIRROR_SUPPORT: MirrorSupport = { version: 0, refreshed_us: 0, images: [] };

/** Version 0 where no mirror snapshots were ever scheduled. */
export function mirrorSupport(records: RecordStore): MirrorSupport {
  return records.table(MIRROR_SUPPORT).get(MIRROR) ?? NO_MIRROR_SUPPORT;
}

export function changeMirrorSupport(records: RecordStore, to: MirrorSupport): void {
  records.table(MIRROR_SUPPORT).set(MIRROR, to);
}

/** The schedule of the images of all pools, as the module's option has it; empty where there is none. */
export function globalMirrorSchedule(records: RecordStore): string {
  return configState(records).rows.find(({ name }) => name === MIRROR_OPTION)?.value ?? '';
}

export function setGlobalMirrorSchedule(records: RecordStore, text: string | null, now_us: number): void {
  changeConfig(records, [{ row: { section: 'mgr', mask: '', name: MIRROR_OPTION }, to: text }], now_us);
}
