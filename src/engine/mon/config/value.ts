import { must } from '../../base/assert.ts';
import type { RecordStore } from '../../base/records.ts';
import { CONFIG_OPTIONS } from './options.ts';
import { OVERRIDES, overrideOf } from './overrides.ts';
import { CONFIG, type ConfigRow, configState } from './state.ts';

/** Where a daemon is, for settings that are made for a host or a device class. */
export interface ConfigPlace {
  readonly host?: string;
  readonly deviceClass?: string;
}

/** A setting that holds for a daemon, and the row that it comes from; none where it is the file's or the default. */
export interface Setting {
  readonly value: string;
  readonly row?: ConfigRow;
  readonly source: 'override' | 'mon' | 'file' | 'default';
}

/**
 * The value of an option for a daemon or a kind of daemon (`osd.3`, `osd`, `mon`): of its own section, else of its
 * kind's, else of all; the configuration file and the default come last.
 * What the daemon itself was told while it runs stands above all.
 *
 * @ceph src/mon/ConfigMap.cc ConfigMap::generate_entity_map — exact, masks before none
 */
export function settingOf(records: RecordStore, who: string, name: string, place: ConfigPlace = {}): Setting {
  const override = overrideOf(records, who, name);
  return override === undefined ? keptSetting(records, who, name, place) : { value: override, source: 'override' };
}

/** As {@link settingOf}, without what the daemon was told while it runs. */
export function keptSetting(records: RecordStore, who: string, name: string, place: ConfigPlace = {}): Setting {
  const option = must(CONFIG_OPTIONS.get(name), `the option ${name}`);
  let best: ConfigRow | undefined;
  for (const row of configState(records).rows) {
    if (row.name !== name || rankOf(row, who, place) === 0) continue;
    if (best === undefined || rankOf(row, who, place) > rankOf(best, who, place)) best = row;
  }
  if (best !== undefined) return { value: best.value, row: best, source: 'mon' };
  if (option.file !== undefined) return { value: option.file, source: 'file' };
  return { value: option.default, source: 'default' };
}

/** As {@link settingOf}, the text alone. */
export function configValue(records: RecordStore, who: string, name: string, place?: ConfigPlace): string {
  return settingOf(records, who, name, place).value;
}

/** The value of an option that is a number: of seconds where it is a time. */
export function configNumber(records: RecordStore, who: string, name: string, place?: ConfigPlace): number {
  return Number(configValue(records, who, name, place));
}

export function configFlag(records: RecordStore, who: string, name: string, place?: ConfigPlace): boolean {
  return configValue(records, who, name, place) === 'true';
}

/** True of the tables that values of options are told from. */
export function setsOptions(table: string): boolean {
  return table === CONFIG || table === OVERRIDES;
}

/** How closely a row is meant for a daemon; 0 where it is not. */
export function rankOf({ section, mask }: ConfigRow, who: string, place: ConfigPlace): number {
  const kind = who.split('.')[0] ?? who;
  const bySection = section === 'global' ? 1 : section === kind ? 3 : section === who ? 5 : 0;
  if (bySection === 0 || mask === '') return bySection;
  const fits = mask === `host:${place.host}` || mask === `class:${place.deviceClass}`;
  return fits ? bySection + 1 : 0;
}
