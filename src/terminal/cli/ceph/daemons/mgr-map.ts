import { ERRNO } from '../../../../engine/base/errno.ts';
import type { RecordStore } from '../../../../engine/base/records.ts';
import { supportEntity } from '../../../../engine/cluster/rbd-support/module-client.ts';
import { failManager, managerGid, managerState } from '../../../../engine/mon/manager-state.ts';
import type { EntityAddress } from '../../../../engine/osdmap/extra.ts';
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

/** Where it listens, by the second and the first protocol. */
const PORTS = [6800, 6801] as const;
/** An address of whatever protocol. */
const ANY = 3;
/** Each start takes other nonces. */
const NONCES_EACH = 10;
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
  answer: (call) => {
    const { epoch, phase } = managerState(call.cluster.records);
    const active_name = phase === 'gone' ? '' : 'x';
    return structured(call, 'stat', { epoch, available: phase === 'active', active_name, num_standby: 0 });
  },
});

export const mgrModuleLs = cephCommand({
  words: 'mgr module ls',
  summary: 'modules of the manager, and which of them run',
  answer: (call) => {
    const { modules } = managerState(call.cluster.records);
    return shown(
      call,
      () => moduleTable(modules),
      () => itemsNamed(nodeOf('modules', moduleLists(modules)), ITEMS),
    );
  },
});

function moduleTable(on: readonly string[]): string {
  const off = OFF.filter((name) => !on.includes(name));
  const rows = [
    ...ALWAYS_ON.map((name) => [name, 'on (always on)']),
    ...on.map((name) => [name, 'on']),
    ...off.map((name) => [name, '-']),
  ];
  return textTable([column('MODULE'), column('')], rows);
}

function moduleLists(on: readonly string[]): PlainObject {
  const off = MODULES.filter(({ name }) => OFF.includes(name) && !on.includes(name));
  return {
    always_on_modules: ALWAYS_ON,
    force_disabled_modules: [],
    enabled_modules: on,
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
  const newest = managerState(call.cluster.records);
  if (epoch > newest.epoch) return { code: ERRNO.ENOENT, text: `there is no map for epoch ${epoch}` };
  if (epoch === 1) return structured(call, 'mgrmap', { ...mapBefore(), ...mapRest(), active_clients: [] }, ITEMS);
  if (epoch === 0 || epoch === newest.epoch)
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

function mapNow({ map, cluster }: CephCall): PlainObject {
  const { epoch, phase, since_us, modules } = managerState(cluster.records);
  const rest = { standbys: [], modules, available_modules: MODULES.map(moduleObject) };
  const active_change = isoText(since_us ?? map.created_us);
  const nonce = ownNonce(cluster.records);
  if (phase === 'gone') return { ...mapBefore(), epoch, active_change, ...rest };
  return {
    epoch,
    flags: 0,
    active_gid: managerGid(cluster.records),
    active_name: 'x',
    active_addrs: { addrvec: [address('v2', PORTS[0], nonce), address('v1', PORTS[1], nonce)] },
    active_addr: `127.0.0.1:${PORTS[1]}/${nonce}`,
    active_change,
    active_mgr_features: FEATURES,
    available: phase === 'active',
    ...rest,
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

/** That of rbd_support is another one after it was blocklisted; all are others after the manager has started again. */
function activeClients(call: CephCall): PlainObject[] {
  if (managerState(call.cluster.records).phase !== 'active') return [];
  return clientEntities(call).map(({ nonce }, at) => ({ name: CLIENTS[at] ?? '', addrvec: [address('v2', 0, nonce)] }));
}

/** In the order of the modules. */
function clientEntities({ cluster, map }: CephCall): EntityAddress[] {
  const { records } = cluster;
  return CLIENTS.map((name, at) =>
    name === 'rbd_support' ? supportEntity(records, map, cluster.now_us()) : entity(0, ownNonce(records) + at + 1),
  );
}

/** The manager's own, and those after it are its clients'. */
function ownNonce(records: RecordStore): number {
  return 1 + NONCES_EACH * managerState(records).restarts;
}

function entity(port: number, nonce: number): EntityAddress {
  return {
    type: ANY,
    nonce,
    socket: Uint8Array.of(2, 0, port >> 8, port & 0xff, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
  };
}

/** What is blocked when the manager fails: its addresses, and its clients'. */
function managerEntities(call: CephCall): EntityAddress[] {
  const own = PORTS.map((port) => entity(port, ownNonce(call.cluster.records)));
  return [...own, ...clientEntities(call)];
}

function address(type: string, port: number, nonce: number): PlainObject {
  return { type, addr: `127.0.0.1:${port}`, nonce };
}

/** There is one manager, which starts again by itself. @ceph src/mon/MgrMonitor.cc prepare_command "mgr fail", "mgr set" — exact, but for a manager that is to stay away */
export const mgrChanges = [
  cephCommand({
    words: 'mgr fail',
    summary: 'let the manager give up, and another take over, or the same one again',
    signature: [optional(text('who'))],
    answer: (call) => {
      const { args, monitor, cluster } = call;
      const isGone = managerState(cluster.records).phase === 'gone';
      const who = argText(args, 'who');
      if (who === undefined && isGone) return { text: 'Currently no active mgr' };
      const isThere = !isGone && (who === undefined || who === 'x' || who === String(managerGid(cluster.records)));
      if (!isThere) return { text: `Daemon not found '${who}', already failed?` };
      failManager(monitor, managerEntities(call));
      return {};
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
