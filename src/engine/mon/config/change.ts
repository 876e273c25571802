import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { CONFIG_OPTIONS, isOtherOption } from './options.ts';
import { parseConfigValue } from './parse-value.ts';
import { type ConfigRow, changeConfig, configState, rowName } from './state.ts';
import { configFlag } from './value.ts';

type Target = Pick<ConfigRow, 'section' | 'mask'>;

const KINDS = ['mon', 'mgr', 'osd', 'mds', 'client'];

/** Who a setting is for: `osd`, `osd.3`, `global`, `osd/class:hdd`. Undefined where it is nobody. */
function targetOf(who: string): Target | undefined {
  const parts = who.split('/');
  const section = parts.find((part) => !part.includes(':')) ?? 'global';
  const mask = parts.find((part) => part.includes(':')) ?? '';
  if (parts.length > 2 || (parts.length === 2 && mask === '')) return undefined;
  return section === 'global' || isEntity(section) ? { section, mask } : undefined;
}

/** True for a kind of daemon or client, or one of them. */
export function isEntity(who: string): boolean {
  const [kind = '', id] = who.split('.');
  return KINDS.includes(kind) && id !== '';
}

/**
 * Sets an option for some daemons.
 *
 * @ceph src/mon/ConfigMonitor.cc prepare_command "config set" — exact for options that are here
 */
export function setConfig(monitor: Monitor, who: string, name: string, value: string): MonAnswer {
  monitor.received();
  const option = CONFIG_OPTIONS.get(name);
  if (option === undefined) return refused('EINVAL', `unrecognized config option '${name}'`);
  const parsed = parseConfigValue(option, value);
  if ('code' in parsed) return parsed;
  const target = targetOf(who);
  if (target === undefined) return refused('EINVAL', `unrecognized config target '${who}'`);
  const { records } = monitor.context;
  changeConfig(records, [{ row: { ...target, name }, to: parsed.value }], monitor.context.now_us());
  dropOverruled(monitor, { ...target, name });
  return done('');
}

/** Removing what is not set is no error, whatever its name. */
export function removeConfig(monitor: Monitor, who: string, name: string): MonAnswer {
  monitor.received();
  const target = targetOf(who);
  if (target === undefined) return refused('EINVAL', `unrecognized config target '${who}'`);
  changeConfig(monitor.context.records, [{ row: { ...target, name }, to: null }], monitor.context.now_us());
  return done('');
}

/** Brings back how all was set at an older version. */
export function resetConfig(monitor: Monitor, version: number): MonAnswer {
  monitor.received();
  const { history } = configState(monitor.context.records);
  const newest = history[0]?.version ?? 1;
  if (version === newest) return done('');
  const oldest = history.at(-1)?.version ?? 1;
  if (version > newest || version < oldest - 1) return refused('ENOENT', `unknown version ${version}`);
  const back = new Map<string, { readonly row: Omit<ConfigRow, 'value'>; readonly to: string | null }>();
  for (const each of history) {
    if (each.version <= version) break;
    for (const { row, from } of each.edits) back.set(rowName(row), { row, to: from });
  }
  changeConfig(monitor.context.records, [...back.values()], monitor.context.now_us(), `reset to ${version}`);
  return done('');
}

/** Options that the OSDs' scheduler sets, so that they take a setting back unless they are told to obey. */
const OVERRULED = [
  'osd_max_backfills',
  'osd_recovery_max_active',
  'osd_recovery_max_active_hdd',
  'osd_recovery_max_active_ssd',
];

/** @ceph src/osd/OSD.cc maybe_override_options_for_qos — exact: each OSD that is up removes them from the database */
function dropOverruled(monitor: Monitor, row: Omit<ConfigRow, 'value'>): void {
  const { section, mask, name } = row;
  if (!OVERRULED.includes(name) || mask !== '') return;
  const id = section === 'osd' ? undefined : Number(section.replace('osd.', ''));
  const isUp = id === undefined || monitor.map().osds[id]?.up === true;
  const { records } = monitor.context;
  if (!section.startsWith('osd') || !isUp || configFlag(records, section, 'osd_mclock_override_recovery_settings'))
    return;
  changeConfig(records, [{ row, to: null }], monitor.context.now_us());
}

/** An option that Ceph has and this cluster has not; else undefined. */
export function optionNotHere(name: string): string | undefined {
  return isOtherOption(name) ? name : undefined;
}
