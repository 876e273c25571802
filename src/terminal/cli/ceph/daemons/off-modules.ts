import { ERRNO } from '../../../../engine/base/errno.ts';
import { managerState, setManagerModules } from '../../../../engine/mon/manager-state.ts';
import type { Monitor } from '../../../../engine/mon/monitor.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import type { CephArg } from '../ceph-args.ts';
import { type CephAnswer, cephCommand, isOn, requiredText } from '../ceph-command.ts';
import { choice, int, optional, SURE, text } from '../signatures.ts';
import { ALWAYS_ON, MODULES, OFF } from './module-table.ts';

/** Commands of modules that are off. */
const COMMANDS: readonly (readonly [module: string, words: string, signature: readonly CephArg[]])[] = [
  ['alerts', 'alerts send', []],
  ['influx', 'influx config-set', [text('key'), text('value')]],
  ['influx', 'influx config-show', []],
  ['influx', 'influx send', []],
  ['insights', 'insights', []],
  ['insights', 'insights prune-health', [optional(int('hours'))]],
  ['osd_perf_query', 'osd perf query add', [choice('query', ['client_id', 'rbd_image_id', 'all_subkeys'])]],
  ['osd_perf_query', 'osd perf query remove', [int('query_id')]],
  ['osd_perf_query', 'osd perf counters get', [int('query_id')]],
  ['prometheus', 'prometheus file_sd_config', []],
  ['prometheus', 'healthcheck history ls', []],
  ['prometheus', 'healthcheck history clear', []],
  ['selftest', 'mgr self-test python-version', []],
  ['selftest', 'mgr self-test run', []],
  ['selftest', 'mgr self-test background start', [choice('workload', ['command_spam', 'throw_exception', 'shutdown'])]],
  ['selftest', 'mgr self-test background stop', []],
  ['selftest', 'mgr self-test config get', [text('key')]],
  ['selftest', 'mgr self-test config get_localized', [text('key')]],
  ['selftest', 'mgr self-test remote', []],
  ['selftest', 'mgr self-test module', [text('module')]],
  ['selftest', 'mgr self-test cluster-log', [text('channel'), text('priority'), text('message')]],
  ['selftest', 'mgr self-test health set', [text('checks')]],
  ['selftest', 'mgr self-test health clear', [{ ...optional(text('checks')), repeat: true }]],
  ['selftest', 'mgr self-test insights_set_now_offset', [int('hours')]],
  ['selftest', 'mgr self-test eval', [optional(text('s'))]],
  ['selftest', 'mgr self-test logging', []],
  ['telegraf', 'telegraf config-show', []],
  ['telegraf', 'telegraf config-set', [text('key'), text('value')]],
  ['telegraf', 'telegraf send', []],
  ['test_orchestrator', 'test_orchestrator load_data', []],
];

/** Modules that can be turned on here. */
const CAN_BE_ON = ['iostat'];

/** @ceph src/mgr/DaemonServer.cc _handle_command — what a module that is off answers */
export function isOff(module: string, words: string): string {
  return (
    `Module '${module}' is not enabled (required by command '${words}'): ` +
    `use \`ceph mgr module enable ${module}\` to enable it`
  );
}

/** Commands that only a module that is off knows, and what turns modules on. */
export const moduleCommands = [
  ...COMMANDS.map(([module, words, signature]) =>
    cephCommand({
      words,
      summary: `a command of the module ${module}, which is off`,
      signature,
      answer: () => ({ code: ERRNO.EOPNOTSUPP, text: isOff(module, words) }),
    }),
  ),
  cephCommand({
    words: 'mgr module enable',
    summary: 'turn a module of the manager on',
    signature: [
      text('module'),
      { name: 'force', type: { kind: 'bool' }, optional: true, summary: 'though no manager has it' },
    ],
    answer: ({ args, monitor }) => enable(monitor, requiredText(args, 'module'), isOn(args, 'force')),
  }),
  cephCommand({
    words: 'mgr module disable',
    summary: 'turn a module of the manager off',
    signature: [text('module')],
    answer: ({ args, monitor }) => disable(monitor, requiredText(args, 'module')),
  }),
  cephCommand({
    words: 'mgr module force disable',
    summary: 'turn off a module that is always on',
    signature: [text('module'), SURE],
    answer: ({ args }) => forceDisable(requiredText(args, 'module'), isOn(args, 'yes_i_really_mean_it')),
  }),
];

function enable(monitor: Monitor, module: string, force: boolean): CephAnswer {
  const { modules } = managerState(monitor.context.records);
  if (ALWAYS_ON.includes(module)) return { text: `module '${module}' is already enabled (always-on)` };
  if (modules.includes(module)) return { text: `module '${module}' is already enabled` };
  if (!OFF.includes(module) && !force) {
    const text = `all mgr daemons do not support module '${module}', pass --force to force enablement`;
    return { code: ERRNO.ENOENT, text };
  }
  const error = MODULES.find(({ name }) => name === module)?.error;
  if (error !== undefined && !force) {
    const text = `module '${module}' reports that it cannot run on the active manager daemon: ${error} (pass --force to force enablement)`;
    return { code: ERRNO.ENOENT, text };
  }
  if (!CAN_BE_ON.includes(module)) return notYet(`mgr module enable ${module}`);
  setManagerModules(monitor, [...modules, module].sort());
  return {};
}

function disable(monitor: Monitor, module: string): CephAnswer {
  const { modules } = managerState(monitor.context.records);
  if (modules.includes(module)) {
    setManagerModules(
      monitor,
      modules.filter((each) => each !== module),
    );
    return {};
  }
  if (!ALWAYS_ON.includes(module)) return { text: `module '${module}' is already disabled` };
  const text =
    `module '${module}' cannot be disabled (always-on), use 'ceph mgr module force disable' command to disable an ` +
    'always-on module';
  return { code: ERRNO.EPERM, text };
}

const LEFT_ALONE =
  'This command will disable operations and remove commands that other Ceph utilities expect to be available. Do not ' +
  'continue unless your cluster is already experiencing an event due to which it is advised to disable this module as ' +
  'part of troubleshooting. If you are sure that you wish to continue, run again with --yes-i-really-mean-it';

/** @ceph src/mon/MgrMonitor.cc prepare_command "mgr module force disable" — its refusals */
function forceDisable(module: string, sure: boolean): CephAnswer {
  if (!ALWAYS_ON.includes(module))
    return { code: ERRNO.EINVAL, text: `Always-on module named "${module}" does not exist` };
  if (!sure) return { code: ERRNO.EPERM, text: LEFT_ALONE };
  return notYet(`mgr module force disable ${module}`);
}

function notYet(words: string): CephAnswer {
  return { code: EXIT_NOT_YET, text: `'ceph ${words}' is not available in this sandbox yet` };
}
