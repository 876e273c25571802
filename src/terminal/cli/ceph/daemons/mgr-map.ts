import { ERRNO } from '../../../../engine/base/errno.ts';
import { supportAddress } from '../../../../engine/cluster/rbd-support/module-client.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { isoText } from '../../format/dates.ts';
import { column, textTable } from '../../format/text-table.ts';
import { itemsNamed, nodeOf, type PlainObject } from '../../format/tree.ts';
import {
  argNumber,
  argText,
  type CephAnswer,
  type CephCall,
  cephCommand,
  requiredText,
  shown,
  structured,
} from '../ceph-command.ts';
import { choice, optional, text } from '../signatures.ts';
import {
  ALWAYS_ON,
  COMMON_OPTIONS,
  type ManagerModuleRecord,
  MODULES,
  type ModuleOption,
  OFF,
} from './module-table.ts';

/** The manager's map has changed so often before it was there; it stays. */
const EPOCH = 4;
const ACTIVE_GID = 4103;
/** All that a daemon of 20.2.4 knows of its protocol. */
const FEATURES = 4541880224203014143n;
const RELEASES = ['octopus', 'pacific', 'quincy', 'reef', 'squid', 'tentacle'];
/** Modules that ask the cluster as clients do. */
const CLIENTS = ['devicehealth', 'libcephsqlite', 'rbd_support', 'volumes'];

const ITEMS: Readonly<Record<string, string>> = {
  addrvec: 'addr',
  modules: 'module',
  available_modules: 'module',
  always_on_modules: 'module',
  disabled_modules: 'module',
  ...Object.fromEntries(RELEASES.map((release) => [release, 'module'])),
  enum_allowed: 'value',
  active_clients: 'client',
};

export const mgrStat = cephCommand({
  words: 'mgr stat',
  summary: 'which manager is active',
  answer: (call) => structured(call, 'stat', { epoch: EPOCH, available: true, active_name: 'x', num_standby: 0 }),
});

export const mgrModuleLs = cephCommand({
  words: 'mgr module ls',
  summary: 'modules of the manager, and which of them run',
  answer: (call) => shown(call, moduleTable, () => itemsNamed(nodeOf('modules', moduleLists()), ITEMS)),
});

function moduleTable(): string {
  const rows = [...ALWAYS_ON.map((name) => [name, 'on (always on)']), ...OFF.map((name) => [name, '-'])];
  return textTable([column('MODULE'), column('')], rows);
}

function moduleLists(): PlainObject {
  const off = MODULES.filter(({ name }) => OFF.includes(name));
  return {
    always_on_modules: ALWAYS_ON,
    force_disabled_modules: [],
    enabled_modules: [],
    disabled_modules: off.map(moduleObject),
  };
}

/** @ceph src/mon/MgrMap.h ModuleInfo::dump — exact but for the descriptions of options */
function moduleObject(module: ManagerModuleRecord): PlainObject {
  const options = [...module.options, ...COMMON_OPTIONS].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    name: module.name,
    can_run: module.error === undefined,
    error_string: module.error ?? missingAttribute(module.class),
    module_options: Object.fromEntries(options.map((option) => [option[0], optionObject(option)])),
  };
}

/** What the loader notes of a class that is told of nothing; it runs all the same. */
function missingAttribute(name: string): string {
  return name === '' ? '' : `type object '${name}' has no attribute 'NOTIFY_TYPES'`;
}

function optionObject([name, type, value, atRuntime, more = {}]: ModuleOption): PlainObject {
  return {
    name,
    type,
    level: more.level ?? 'advanced',
    flags: atRuntime ? 1 : 0,
    default_value: value,
    min: more.min ?? '',
    max: more.max ?? '',
    enum_allowed: more.choices ?? [],
    desc: more.about ?? '',
    long_desc: '',
    tags: [],
    see_also: [],
  };
}

export const mgrDump = cephCommand({
  words: 'mgr dump',
  summary: 'the map of the managers, with their modules',
  signature: [optional({ name: 'epoch', type: { kind: 'int', range: [0] } })],
  answer: dump,
});

/** @ceph src/mon/MgrMonitor.cc preprocess_command "mgr dump" — exact; of earlier maps only the first, which has no manager */
function dump(call: CephCall): CephAnswer {
  const epoch = argNumber(call.args, 'epoch') ?? 0;
  if (epoch > EPOCH) return { code: ERRNO.ENOENT, text: `there is no map for epoch ${epoch}` };
  if (epoch === 1) return structured(call, 'mgrmap', { ...mapBefore(), ...mapRest(), active_clients: [] }, ITEMS);
  if (epoch === 0 || epoch === EPOCH)
    return structured(call, 'mgrmap', { ...mapNow(call), ...mapRest(), active_clients: activeClients(call) }, ITEMS);
  return notYet(`mgr dump ${epoch}`);
}

function mapBefore(): PlainObject {
  return {
    epoch: 1,
    flags: 0,
    active_gid: 0,
    active_name: '',
    active_addrs: { addrvec: [] },
    active_addr: '(unrecognized address family 0)/0',
    active_change: '0.000000',
    active_mgr_features: 0,
    available: false,
    standbys: [],
    modules: [],
    available_modules: [],
  };
}

function mapNow({ map }: CephCall): PlainObject {
  return {
    epoch: EPOCH,
    flags: 0,
    active_gid: ACTIVE_GID,
    active_name: 'x',
    active_addrs: { addrvec: [address('v2', 6800, 1), address('v1', 6801, 1)] },
    active_addr: '127.0.0.1:6801/1',
    active_change: isoText(map.created_us),
    active_mgr_features: FEATURES,
    available: true,
    standbys: [],
    modules: [],
    available_modules: MODULES.map(moduleObject),
  };
}

function mapRest(): PlainObject {
  return {
    services: {},
    always_on_modules: Object.fromEntries(RELEASES.map((release) => [release, ALWAYS_ON])),
    force_disabled_modules: {},
    last_failure_osd_epoch: 0,
  };
}

/** That of rbd_support is another one after it was blocklisted. */
function activeClients({ cluster, map }: CephCall): PlainObject[] {
  const nonceOf = (name: string, at: number): number =>
    name === 'rbd_support' ? Number(supportAddress(cluster.records, map, cluster.now_us()).split('/')[1]) : at + 2;
  return CLIENTS.map((name, at) => ({ name, addrvec: [address('v2', 0, nonceOf(name, at))] }));
}

function address(type: string, port: number, nonce: number): PlainObject {
  return { type, addr: `127.0.0.1:${port}`, nonce };
}

/** There is one manager, and it stays. @ceph src/mon/MgrMonitor.cc prepare_command "mgr fail", "mgr set" — what changes nothing */
export const mgrChanges = [
  cephCommand({
    words: 'mgr fail',
    summary: 'let another manager take over',
    signature: [optional(text('who'))],
    answer: ({ args }) => {
      const who = argText(args, 'who') ?? 'x';
      if (who === 'x' || who === String(ACTIVE_GID)) return notYet('mgr fail');
      return { text: `Daemon not found '${who}', already failed?` };
    },
  }),
  cephCommand({
    words: 'mgr set',
    summary: 'let no manager be active, or one again',
    signature: [choice('var', ['down']), text('val')],
    answer: ({ args }) => (requiredText(args, 'val') === 'false' ? {} : notYet('mgr set down')),
  }),
];

function notYet(words: string): CephAnswer {
  return { code: EXIT_NOT_YET, text: `'ceph ${words}' is not available in this sandbox yet` };
}
