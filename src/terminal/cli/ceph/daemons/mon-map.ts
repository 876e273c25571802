import { ERRNO } from '../../../../engine/base/errno.ts';
import { encodeMonMap } from '../../../../engine/mon/mon-map.ts';
import { isoText } from '../../format/dates.ts';
import { itemsNamed, nodeOf } from '../../format/tree.ts';
import { argNumber, argTexts, type CephAnswer, type CephCall, cephCommand, shown } from '../ceph-command.ts';
import { FEATURES, MON_ITEMS, monMapObject } from '../cluster-queries.ts';
import { optional, text } from '../signatures.ts';
import { MON_ADDRESSES } from './version-text.ts';

export const monDump = cephCommand({
  words: 'mon dump',
  summary: 'the map of the monitors',
  signature: [optional({ name: 'epoch', type: { kind: 'int', range: [0] } })],
  answer: dump,
});

function dump(call: CephCall): CephAnswer {
  const epoch = argNumber(call.args, 'epoch') ?? 0;
  if (epoch > 1) return { code: ERRNO.ENOENT, text: '' };
  const answer = shown(
    call,
    () => mapText(call),
    () => itemsNamed(nodeOf('monmap', { ...monMapObject(call), quorum: [0] }), MON_ITEMS),
    '\n',
  );
  return { ...answer, text: 'dumped monmap epoch 1' };
}

function mapText({ map }: CephCall): string {
  const made = isoText(map.created_us);
  return [
    'epoch 1',
    `fsid ${map.fsid}`,
    `last_changed ${made}`,
    `created ${made}`,
    'min_mon_release 20 (tentacle)',
    'election_strategy: 1',
    `0: ${MON_ADDRESSES} mon.a`,
    'auth_epoch 0',
    'auth_service_cipher aes256k',
    'auth_allowed_ciphers aes256k',
    'auth_preferred_cipher aes256k',
    '',
  ].join('\n');
}

export const monGetmap = cephCommand({
  words: 'mon getmap',
  summary: 'the map of the monitors in its binary form, for a file with -o',
  signature: [optional({ name: 'epoch', type: { kind: 'int', range: [0] } })],
  answer: ({ map, args }) => {
    const epoch = argNumber(args, 'epoch') ?? 0;
    if (epoch > 1) return { code: ERRNO.ENOENT, text: `there is no map for epoch ${epoch}` };
    return { text: 'got monmap epoch 1', bytes: encodeMonMap(map) };
  },
});

export const monFeatureLs = cephCommand({
  words: 'mon feature ls',
  summary: 'features that the monitors have and need',
  signature: [optional({ name: 'with_value', type: { kind: 'bool' }, summary: 'their bits, too' })],
  answer: (call) => {
    const list = `[${FEATURES.join(',')}]`;
    return shown(
      call,
      () =>
        `all features\n\tsupported: ${list}\n\tpersistent: ${list}\n` +
        `on current monmap (epoch 1)\n\tpersistent: ${list}\n\trequired: ${list}\n`,
      () =>
        nodeOf('features', {
          all: { supported: FEATURES, persistent: FEATURES },
          monmap: { epoch: 1, persistent: FEATURES, optional: [], required: FEATURES },
        }),
    );
  },
});

export const monOkToStop = cephCommand({
  words: 'mon ok-to-stop',
  summary: 'would the monitors go on without some of them',
  signature: [{ ...text('ids'), repeat: true }],
  answer: ({ args }) => {
    const ids = argTexts(args, 'ids');
    const left = ids.includes('a') ? [] : ['a'];
    const text = `not enough monitors would be available (${left.join(',')}) after stopping mons [${ids.join(',')}]`;
    return left.length === 0
      ? { code: ERRNO.EBUSY, text }
      : { text: `quorum should be preserved (${left.join(',')}) after stopping [${ids.join(',')}]` };
  },
});
