import { ERRNO } from '../../../../engine/base/errno.ts';
import { CONFIG_OPTIONS, type ConfigOption } from '../../../../engine/mon/config/options.ts';
import { overrideOf, setOverride } from '../../../../engine/mon/config/overrides.ts';
import { parseConfigValue } from '../../../../engine/mon/config/parse-value.ts';
import { keptSetting } from '../../../../engine/mon/config/value.ts';
import type { Plain, PlainObject } from '../../format/tree.ts';
import {
  argTexts,
  type CephAnswer,
  type CephCall,
  type CephCommand,
  cephCommand,
  requiredText,
  structured,
} from '../ceph-command.ts';
import { optionText } from '../config/config-get.ts';
import { optionNotYet } from '../config/config-set.ts';
import { placeOf } from '../config/who.ts';
import { text } from '../signatures.ts';

/** What a daemon goes by, and telling it something else while it runs. @ceph src/common/ceph_context.cc do_command, src/common/config.cc — exact for options that are here */
export function configCommands(who: string): CephCommand[] {
  const variable = text('var');
  return [
    cephCommand({
      words: 'config get',
      summary: 'what an option is for it',
      signature: [variable],
      answer: (call) => get(call, who),
    }),
    cephCommand({
      words: 'config set',
      summary: 'have it go by another value until it stops',
      signature: [variable, { ...text('val'), repeat: true }],
      answer: (call) => set(call, who),
    }),
    cephCommand({
      words: 'config unset',
      summary: 'have it go by what the monitor says again',
      signature: [variable],
      answer: (call) => unset(call, who),
    }),
    cephCommand({
      words: 'config show',
      summary: 'all options with their values',
      answer: (call) => structured(call, 'config_show', { name: who, cluster: 'ceph', ...values(call, who) }),
    }),
    cephCommand({
      words: 'config diff get',
      summary: 'where the value of an option comes from',
      signature: [variable],
      answer: (call) => diff(call, who),
    }),
    cephCommand({
      words: 'config diff',
      summary: 'options that are not what they are by default, and why',
      answer: (call) => diff(call, who),
    }),
    cephCommand({
      words: 'injectargs',
      summary: 'as config set, with options as on a command line',
      signature: [{ ...text('injected_args'), repeat: true }],
      answer: (call) => inject(call, who),
    }),
  ];
}

/** Options that OSDs take up at once. @ceph src/osd/OSD.cc get_tracked_keys — as a cluster answered */
const OBSERVED =
  /^(osd_(max_backfills|max_trimming_pgs|deep_scrub_interval|scrub_(min|max)_interval|enable_op_tracker|heartbeat_interval|max_object_size|max_scrubs|mclock_profile|recovery_max_active|recovery_sleep)(_hdd|_ssd)?|osd_op_(complaint_time|history_[a-z_]+))$/;

function get(call: CephCall, who: string): CephAnswer {
  const name = requiredText(call.args, 'var');
  const missing = optionNotYet(name);
  if (missing !== undefined) return missing;
  if (!CONFIG_OPTIONS.has(name))
    return { code: ERRNO.ENOENT, text: `error getting '${name}': (2) No such file or directory` };
  return structured(call, 'config', { [name]: optionText(call, who, name) });
}

function values(call: CephCall, who: string): PlainObject {
  return Object.fromEntries([...CONFIG_OPTIONS.keys()].sort().map((name) => [name, optionText(call, who, name)]));
}

/** What a daemon says about a new value: the real one shows none of it, and whether it takes it up at once. */
function taken(who: string, name: string, isChanged: boolean): string {
  const isSeen = !who.startsWith('osd') || OBSERVED.test(name) || !isChanged;
  return `${name} = '' ${isSeen ? '' : '(not observed, change may require restart) '}`;
}

/** The sentence about it; or undefined where it is no value. */
function override(call: CephCall, who: string, option: ConfigOption, value: string): string | undefined {
  const parsed = parseConfigValue(option, value);
  if (!('value' in parsed)) return undefined;
  const { records } = call.monitor.context;
  const isChanged = overrideOf(records, who, option.name) !== parsed.value;
  setOverride(records, who, option.name, parsed.value);
  return taken(who, option.name, isChanged);
}

function set(call: CephCall, who: string): CephAnswer {
  const [name, value] = [requiredText(call.args, 'var'), argTexts(call.args, 'val').join(' ')];
  const missing = optionNotYet(name);
  if (missing !== undefined) return missing;
  const option = CONFIG_OPTIONS.get(name);
  const failed = `error setting '${name}' to '${value}'`;
  if (option === undefined) return { code: ERRNO.ENOENT, text: `${failed}: (2) No such file or directory` };
  const success = override(call, who, option, value);
  if (success === undefined) return { code: ERRNO.EINVAL, text: `${failed}: (22) Invalid argument` };
  return structured(call, 'config_set', { success });
}

function unset(call: CephCall, who: string): CephAnswer {
  const name = requiredText(call.args, 'var');
  const { records } = call.monitor.context;
  if (overrideOf(records, who, name) === undefined)
    return { code: ERRNO.EINVAL, text: `error unsetting '${name}': (22) Invalid argument` };
  setOverride(records, who, name, undefined);
  return { ...structured(call, 'config_unset', {}), text: taken(who, name, true) };
}

/** A value as it stands in JSON: sizes and times as texts. */
function typed({ type }: ConfigOption, value: string): Plain {
  if (type === 'bool') return value === 'true';
  return type === 'int' || type === 'uint' || type === 'float' ? Number(value) : value;
}

/** The real `config diff get` shows all as well. */
function diff(call: CephCall, who: string): CephAnswer {
  const { records } = call.monitor.context;
  const place = placeOf(call.map, who);
  const found: Record<string, PlainObject> = {};
  for (const name of [...CONFIG_OPTIONS.keys()].sort()) {
    const option = CONFIG_OPTIONS.get(name);
    if (option === undefined || name === 'fsid') continue;
    const [kept, told] = [keptSetting(records, who, name, place), overrideOf(records, who, name)];
    if (kept.source === 'default' && told === undefined) continue;
    const file = option.file === undefined ? {} : { file: typed(option, option.file) };
    const mon = kept.source === 'mon' ? { mon: typed(option, kept.value) } : {};
    const override = told === undefined ? {} : { override: typed(option, told) };
    const final = typed(option, told ?? kept.value);
    found[name] = { default: typed(option, option.default), ...file, ...mon, ...override, final };
  }
  return structured(call, 'config_diff', { diff: found });
}

/** `--osd_max_scrubs=3`, `--osd-max-scrubs 3`. @ceph src/common/config.cc injectargs, parse_argv — exact for options that are here */
function inject(call: CephCall, who: string): CephAnswer {
  const words = argTexts(call.args, 'injected_args').flatMap((word) => word.split(/\s+/).filter((each) => each !== ''));
  const [unknown, told]: [string[], string[]] = [[], []];
  for (let at = 0; at < words.length; at++) {
    const [, given = '', attached] = /^--([^=]+)(?:=(.*))?$/.exec(words[at] ?? '') ?? [];
    const name = given.replaceAll('-', '_');
    const missing = optionNotYet(name);
    if (missing !== undefined) return missing;
    const option = CONFIG_OPTIONS.get(name);
    if (option === undefined) unknown.push(words[at] ?? '');
    else told.push(override(call, who, option, attached ?? words[++at] ?? '') ?? '');
  }
  if (unknown.length > 0) return { code: ERRNO.EINVAL, text: ` failed to parse arguments: ${unknown.join(',')}\n` };
  return { ...structured(call, 'injectargs', {}), text: told.join('') };
}
