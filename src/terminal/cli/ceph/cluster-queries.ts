import { isoText } from '../format/dates.ts';
import { itemsNamed, nodeOf, type PlainObject } from '../format/tree.ts';
import { type CephCall, cephCommand, shown, structured } from './ceph-command.ts';
import { DAEMON_VERSION, MON_ADDRESSES } from './daemons/version-text.ts';
import { osdCounts } from './status.ts';

export const fsid = cephCommand({
  words: 'fsid',
  summary: 'the id of this cluster',
  answer: (call) =>
    shown(
      call,
      () => `${call.map.fsid}\n`,
      () => nodeOf('fsid', { fsid: call.map.fsid }),
    ),
});

export const version = cephCommand({
  words: 'version',
  summary: 'which release the monitor runs',
  answer: (call) =>
    shown(
      call,
      () => `${DAEMON_VERSION}\n`,
      () => nodeOf('version', { version: DAEMON_VERSION }),
    ),
});

export const versions = cephCommand({
  words: 'versions',
  summary: 'which releases the daemons run',
  answer: (call) => {
    const osds = osdCounts(call.map).up;
    const of = (count: number): PlainObject => ({ [DAEMON_VERSION]: count });
    return structured(call, 'version', { mon: of(1), mgr: of(1), osd: of(osds), overall: of(osds + 2) });
  },
});

export const osdVersions = cephCommand({
  words: 'osd versions',
  summary: 'which releases the OSDs run',
  answer: (call) => structured(call, 'ceph_version', { [DAEMON_VERSION]: osdCounts(call.map).up }),
});

/** What items of arrays about monitors are called. */
export const MON_ITEMS: Readonly<Record<string, string>> = {
  quorum: 'mon',
  quorum_names: 'mon',
  quorum_mon: 'bit_flag',
  persistent: 'bit_flag',
  optional: 'bit_flag',
  auth_allowed_ciphers: 'key_type',
  mons: 'mon',
  addrvec: 'addr',
};

export const monStat = cephCommand({
  words: 'mon stat',
  summary: 'the monitors on one line',
  answer: (call) =>
    shown(
      call,
      () =>
        `e1: 1 mons at {a=${MON_ADDRESSES}} removed_ranks: {} disallowed_leaders: {}, ` +
        'election epoch 3, leader 0 a, quorum 0 a\n',
      () =>
        itemsNamed(
          nodeOf('monmap', {
            epoch: 1,
            min_mon_release_name: 'tentacle',
            num_mons: 1,
            leader: 'a',
            quorum: [{ rank: 0, name: 'a' }],
          }),
          MON_ITEMS,
        ),
    ),
});

export const FEATURES = [
  'kraken',
  'luminous',
  'mimic',
  'osdmap-prune',
  'nautilus',
  'octopus',
  'pacific',
  'elector-pinging',
  'quincy',
  'reef',
  'squid',
  'tentacle',
  'cephx_auth_aes256k',
  'nvmeof_beacon_diff',
];

export const quorumStatus = cephCommand({
  words: 'quorum_status',
  summary: 'which monitors agree with each other',
  answer: (call) => structured(call, 'quorum_status', quorumObject(call), MON_ITEMS),
});

function quorumObject(call: CephCall): PlainObject {
  return {
    election_epoch: 3,
    quorum: [0],
    quorum_names: ['a'],
    quorum_leader_name: 'a',
    quorum_age: Math.floor((call.cluster.now_us() - call.map.created_us) / 1e6),
    features: { quorum_con: '4541880224203014143', quorum_mon: FEATURES },
    monmap: monMapObject(call),
  };
}

/** The map of the monitors; it never changes. */
export function monMapObject(call: CephCall): PlainObject {
  const cipher = { name: 'aes256k', value: 2 };
  const created = isoText(call.map.created_us).replace('+0000', 'Z');
  return {
    epoch: 1,
    auth_epoch: 0,
    auth_service_cipher: cipher,
    auth_allowed_ciphers: [cipher],
    auth_preferred_cipher: cipher,
    fsid: call.map.fsid,
    modified: created,
    created,
    min_mon_release: 20,
    min_mon_release_name: 'tentacle',
    election_strategy: 1,
    disallowed_leaders: '',
    stretch_mode: false,
    tiebreaker_mon: '',
    removed_ranks: '',
    features: { persistent: FEATURES, optional: [] },
    mons: [monObject(isoText(call.map.created_us).replace('.', ':'))],
  };
}

function monObject(added: string): PlainObject {
  const address = (type: string, addr: string): PlainObject => ({ type, addr, nonce: 0 });
  return {
    rank: 0,
    name: 'a',
    public_addrs: { addrvec: [address('v2', '127.0.0.1:3300'), address('v1', '127.0.0.1:6789')] },
    addr: '127.0.0.1:6789/0',
    public_addr: '127.0.0.1:6789/0',
    priority: 0,
    weight: 0,
    time_added: added,
    crush_location: [],
  };
}
