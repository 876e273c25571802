import { ERRNO } from '../../../../engine/base/errno.ts';
import { isEntity } from '../../../../engine/mon/config/change.ts';
import { CONFIG_OPTIONS, type ConfigOption } from '../../../../engine/mon/config/options.ts';
import { rowsFor } from '../../../../engine/mon/config/rows.ts';
import { configValue } from '../../../../engine/mon/config/value.ts';
import { nodeOf, type PlainObject } from '../../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, requiredText, shown } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { rowTable } from './config-dump.ts';
import { optionNotYet } from './config-set.ts';
import { placeOf } from './who.ts';

export const configGet = cephCommand({
  words: 'config get',
  summary: 'what an option is for a daemon, or all that is set for it',
  signature: [text('who'), optional(text('key'))],
  answer: get,
});

function get(call: CephCall): CephAnswer {
  const who = requiredText(call.args, 'who');
  const key = argText(call.args, 'key');
  if (!isEntity(who)) return { code: ERRNO.EINVAL, text: `unrecognized entity '${who}'` };
  return key === undefined ? allOf(call, who) : oneOf(call, who, key);
}

function oneOf(call: CephCall, who: string, key: string): CephAnswer {
  const missing = optionNotYet(key);
  if (missing !== undefined) return missing;
  if (!CONFIG_OPTIONS.has(key)) return { code: ERRNO.ENOENT, text: `unrecognized key '${key}'` };
  return { output: `${optionText(call, who, key)}\n` };
}

/** The value that a daemon has, as it prints it. The name is one of {@link CONFIG_OPTIONS}. */
export function optionText(call: CephCall, who: string, key: string): string {
  if (key === 'fsid') return call.map.fsid;
  const value = configValue(call.monitor.context.records, who, key, placeOf(call.map, who));
  return CONFIG_OPTIONS.get(key)?.type === 'float' ? Number(value).toFixed(6) : value;
}

function allOf(call: CephCall, who: string): CephAnswer {
  const rows = rowsFor(call.monitor.context.records, who, placeOf(call.map, who));
  const entries = rows.map(({ section, mask, name, value }): [string, PlainObject] => {
    const option: Pick<ConfigOption, 'level' | 'atRuntime'> = CONFIG_OPTIONS.get(name) ?? { level: 'advanced' };
    const { level, atRuntime = true } = option;
    return [name, { value, section, mask, can_update_at_runtime: atRuntime, level }];
  });
  return shown(
    call,
    () => rowTable(rows),
    () => nodeOf('config', Object.fromEntries(entries)),
  );
}
