import { members, type PythonValue, pythonJson } from '../../../engine/base/python-json.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import { logAudit, nextAuditClient } from '../../../engine/mon/audit-log.ts';
import type { ParsedArgs } from '../command.ts';
import type { CephArg } from './ceph-args.ts';
import type { CephCommand } from './ceph-command.ts';
import { isOfManager } from './not-yet.ts';

/**
 * What the monitor answers to whoever may read, by the first word; a point is that word alone. `osd in` is taken for `osd
 * info`, with which it begins.
 * @ceph src/mon/MonCommands.h — permissions; src/mon/Monitor.cc _get_moncommand — the first command that begins so
 */
const QUESTIONS: ReadonlySet<string> = new Set(
  `
pg: map
osd: last-stat-seq, stat, dump, info, in, tree, tree-from, ls, getmap, getcrushmap, getmaxosd, ls-tree, find, metadata
osd: count-metadata, versions, numa-status, map, lspools, crush rule list, crush rule ls, crush rule ls-by-class
osd: crush rule dump, crush dump, crush get-tunable, crush show-tunables, crush tree, crush ls, crush class ls
osd: crush class ls-osd, crush get-device-class, crush weight-set ls, crush weight-set dump
osd: get-require-min-compat-client, erasure-code-profile get, erasure-code-profile ls, blocklist ls, blacklist ls
osd: pool ls, pool get, pool get-quota, pool application get, pool stretch show, pool availability-status
osd: pool clear-availability-status, utilization
log: last
mon: ok-to-stop, ok-to-add-offline, ok-to-rm, metadata, count-metadata, versions, dump, stat, getmap, feature ls
mds: stat, metadata, versions, compat show
fs: dump, ls
mgr: stat, dump, module ls, services, metadata, count-metadata, versions
node: ls
config-key: get, exists, list, ls, dump
config: get, dump, help, ls, log, generate-minimal-conf
fsid: .
status: .
health: .
time-sync-status: .
df: .
features: .
quorum_status: .
version: .
versions: .
`
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [first = '', rest = ''] = line.split(': ');
      return rest.split(', ').map((words) => (words === '.' ? first : `${first} ${words}`));
    }),
);

/** What may hold secrets is not told. */
const SECRET: readonly string[] = ['config set', 'config-key set', 'config-key put'];

/** Changes that are kept, though not in the map of OSDs. */
const OTHER_CHANGES =
  /^(log$|health (un)?mute|(config|config-key) (rm|del|reset)|auth (add|rotate|get-or-create|caps|rm|del|import|clear|commit))/;

/**
 * Writes to the audit log what somebody asks for; what is given back is to be called with the exit code.
 * @ceph src/mon/Monitor.cc handle_command, Paxos service's reply; src/mgr/DaemonServer.cc _handle_command — exact texts; addresses are made up
 */
export function auditCommand(
  { monitor }: Cluster,
  command: CephCommand,
  args: ParsedArgs,
  format: string,
): (code: number) => void {
  const words = command.words.join(' ');
  const client = nextAuditClient(monitor);
  if (isOfManager(command.words)) {
    const target = { target: ['mon-mgr', ''] };
    const cmd = cmdText(command, args, { ...target, ...formatMember(format) });
    logAudit(
      monitor,
      'mgr.x',
      'debug',
      `from='client.${4100 + 3 * client} -' entity='client.admin' cmd=[${cmd}]: dispatch`,
    );
    return () => {};
  }
  const from = `from='client.? 127.0.0.1:0/${nonceOf(client)}' entity='client.admin' `;
  const cmd = cmdText(command, args, formatMember(format));
  const level = QUESTIONS.has(words) ? 'debug' : 'info';
  const isSecret = SECRET.includes(words);
  logAudit(monitor, 'mon.a', level, isSecret ? from : `${from}cmd=${cmd} : dispatch`);
  const before = monitor.map().epoch;
  return (code) => {
    const isChange = words === 'osd in' || level === 'info';
    if (code !== 0 || isSecret || !isChange) return;
    if (monitor.map().epoch !== before || OTHER_CHANGES.test(words))
      logAudit(monitor, 'mon.a', 'info', `${from}cmd='[${cmd}]': finished`);
  };
}

function formatMember(format: string): Readonly<Record<string, string>> {
  return format === 'plain' ? {} : { format };
}

/** As the tool sends it: numbers as such, lists where an argument may stand several times. */
function cmdText(
  { words, signature }: CephCommand,
  args: ParsedArgs,
  more: Readonly<Record<string, PythonValue>>,
): string {
  const given: Record<string, PythonValue> = { prefix: words.join(' ') };
  for (const [name, values] of args.options) {
    const arg = signature.find((each) => each.name === name);
    if (arg !== undefined) given[name] = arg.repeat === true ? values : typedValue(arg, values[0] ?? '');
  }
  return pythonJson(members({ ...given, ...more }));
}

function typedValue({ type }: CephArg, text: string): PythonValue {
  if (type.kind === 'int' || type.kind === 'osd') return Number(text);
  if (type.kind === 'float') return { float: Number(text) };
  return type.kind === 'bool' ? text === 'true' : text;
}

/** Another one for each client. */
function nonceOf(client: number): number {
  return Math.imul(client, 2654435761) >>> 0;
}
