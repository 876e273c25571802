import { CONFIG_OPTIONS } from '../../../engine/mon/config/options.ts';
import { parseConfigValue } from '../../../engine/mon/config/parse-value.ts';
import { configValue } from '../../../engine/mon/config/value.ts';
import type { Process } from '../../process.ts';

/** A command line without the options of the configuration, and what these set. */
export interface SplitArgs {
  readonly args: readonly string[];
  readonly settings: ReadonlyMap<string, string>;
  /** What the tool says of values that are none, before it goes on without them. */
  readonly complaints: string;
}

/** Who the tool is. */
const CLIENT = 'client.admin';
/** What the tool sets for itself. @ceph src/tools/rbd/Utils.cc init_rados — exact */
const OF_TOOL: ReadonlyMap<string, string> = new Map([['rbd_cache_writethrough_until_flush', 'false']]);

/**
 * Takes options of the configuration out of a command line: `--rbd_default_order 20`, with dashes too, with `=`; a
 * switch is on without a value, and off as `--no-…`.
 * @ceph src/common/config.cc parse_option — exact for options that are here
 */
export function splitSettings(args: readonly string[]): SplitArgs {
  const settings = new Map<string, string>(OF_TOOL);
  const left: string[] = [];
  let complaints = '';
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--') return { args: [...left, ...args.slice(at)], settings, complaints };
    const found = settingIn(arg, args[at + 1]);
    if (found === undefined) {
      left.push(arg);
      continue;
    }
    at += found.taken;
    const problem = put(settings, found.name, found.text);
    if (problem !== '') complaints += `parse error setting '${found.name}' to '${found.text}'${problem}\n\n`;
  }
  return { args: left, settings, complaints };
}

interface Setting {
  readonly name: string;
  readonly text: string;
  /** Words behind the option that belong to it. */
  readonly taken: number;
}

/** What of a client can be told how much to log; here nothing hangs on it. @ceph src/common/subsys.h */
const SUBSYSTEMS: ReadonlySet<string> = new Set(
  `none lockdep context crush mds optracker buffer timer filer striper objecter rados rbd rbd_mirror rbd_replay
  rbd_pwl journaler objectcacher client osd objclass ms mon monc paxos tp auth crypto finisher heartbeatmap perfcounter
  asok throttle refs compressor bluestore bluefs bdev kstore rocksdb mgr mgrc dpdk eventtrace cephx cls cls_rbd`.split(
    /\s+/,
  ),
);

function isLogLevel(name: string): boolean {
  return name.startsWith('debug_') && SUBSYSTEMS.has(name.slice('debug_'.length));
}

function settingIn(arg: string, next: string | undefined): Setting | undefined {
  const match = /^--([\w-]+)(?:=(.*))?$/s.exec(arg);
  if (match === null) return undefined;
  const [, typed = '', text] = match;
  const name = typed.replaceAll('-', '_');
  const option = CONFIG_OPTIONS.get(name);
  if (isLogLevel(name)) return { name, text: text ?? next ?? '', taken: text === undefined ? 1 : 0 };
  if (option === undefined) {
    const off = CONFIG_OPTIONS.get(name.replace(/^no_/, ''));
    return off?.type === 'bool' && name.startsWith('no_') ? { name: off.name, text: 'false', taken: 0 } : undefined;
  }
  if (text !== undefined) return { name, text, taken: 0 };
  const isSaid = next !== undefined && /^(?:true|false|0|1)$/.test(next);
  if (option.type === 'bool' && !isSaid) return { name, text: 'true', taken: 0 };
  return next === undefined ? undefined : { name, text: next, taken: 1 };
}

/** Sets a value, or says why it is none. */
function put(settings: Map<string, string>, name: string, text: string): string {
  if (isLogLevel(name)) return logLevelProblem(name, text);
  const option = CONFIG_OPTIONS.get(name);
  if (option === undefined) return '';
  const parsed = parseConfigValue(option, text);
  if ('value' in parsed) {
    settings.set(name, parsed.value);
    return '';
  }
  return ` (${parsed.text.replace('error parsing value: ', '')})`;
}

function logLevelProblem(name: string, text: string): string {
  if (text === '') return ` (Option --${name.replaceAll('_', '-')} requires an argument.\n)`;
  return /^-?\d+(\/-?\d+)?$/.test(text) ? '' : ' (value must take the form N or N/M, where N and M are integers)';
}

/** An option as the tool has it, before it has become a client. */
export function settingOf(process: Process, settings: ReadonlyMap<string, string>, name: string): string {
  return settings.get(name) ?? configValue(process.cluster.records, CLIENT, name);
}
