import { ERRNO } from '../../../../engine/base/errno.ts';
import { CONFIG_OPTIONS } from '../../../../engine/mon/config/options.ts';
import { overrideOf } from '../../../../engine/mon/config/overrides.ts';
import { keptSetting, type Setting, settingOf } from '../../../../engine/mon/config/value.ts';
import { column, textTable } from '../../format/text-table.ts';
import { arrayNode, nodeOf } from '../../format/tree.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, requiredText, shown } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { optionText } from './config-get.ts';
import { optionNotYet } from './config-set.ts';
import { isDaemon, placeOf } from './who.ts';

export const configShow = cephCommand({
  words: 'config show',
  summary: 'what a daemon goes by, as far as it is not the default',
  signature: [text('who', 'a daemon, such as osd.0'), optional(text('key'))],
  answer: (call) => show(call, false),
});

export const configShowAll = cephCommand({
  words: 'config show-with-defaults',
  summary: 'what a daemon goes by, defaults too',
  signature: [text('who', 'a daemon, such as osd.0')],
  answer: (call) => show(call, true),
});

interface Shown extends Setting {
  readonly name: string;
  readonly text: string;
  /** What the monitor or the file would have it be: `mon[0.25]`. */
  readonly overridden: string;
}

function show(call: CephCall, withDefaults: boolean): CephAnswer {
  const who = requiredText(call.args, 'who');
  const key = argText(call.args, 'key');
  if (!/^[a-z]+\..+/.test(who)) return { code: ERRNO.EINVAL, text: 'invalid daemon name: use <type>.<id>' };
  if (!isDaemon(call.map, who)) return { code: ERRNO.ENOENT, text: `no config state for daemon ${who}` };
  if (key !== undefined) return one(call, who, key);
  const found = settings(call, who).filter(({ source }) => withDefaults || source !== 'default');
  return shown(
    call,
    () => table(found),
    () =>
      arrayNode(
        'config',
        found.map(({ name, text: value, source }) => nodeOf('value', { name, value, source })),
      ),
  );
}

function one(call: CephCall, who: string, key: string): CephAnswer {
  const missing = optionNotYet(key);
  if (missing !== undefined) return missing;
  return CONFIG_OPTIONS.has(key) ? { output: `${optionText(call, who, key)}\n` } : { code: ERRNO.ENOENT, text: '' };
}

function settings(call: CephCall, who: string): Shown[] {
  const place = placeOf(call.map, who);
  return [...CONFIG_OPTIONS.keys()].sort().map((name) => ({
    name,
    ...settingOf(call.monitor.context.records, who, name, place),
    text: optionText(call, who, name),
    overridden: overridden(call, who, name),
  }));
}

function overridden({ map, monitor }: CephCall, who: string, name: string): string {
  const { records } = monitor.context;
  if (overrideOf(records, who, name) === undefined) return '';
  const { value, source } = keptSetting(records, who, name, placeOf(map, who));
  return source === 'default' ? '' : `${source}[${value}]`;
}

const COLUMNS = ['NAME', 'VALUE', 'SOURCE', 'OVERRIDES', 'IGNORES'].map((heading) => column(heading));

function table(found: readonly Shown[]): string {
  return textTable(
    COLUMNS,
    found.map(({ name, text: value, source, overridden }) => [name, value, source, overridden, '']),
  );
}
