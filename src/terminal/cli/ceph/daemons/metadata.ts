import { ERRNO } from '../../../../engine/base/errno.ts';
import { objectstoreOf } from '../../../../engine/cluster/spec.ts';
import { hostOf } from '../../../../engine/mon/config/place.ts';
import type { PlainObject } from '../../format/tree.ts';
import {
  argNumber,
  argText,
  type CephAnswer,
  type CephCall,
  cephCommand,
  requiredText,
  structured,
} from '../ceph-command.ts';
import { OSD, optional, text } from '../signatures.ts';
import { CEPH_VERSION } from '../version.ts';
import { DAEMON_VERSION, MON_ADDRESSES } from './version-text.ts';

/** What every daemon of this cluster says of itself: its program and its machine. */
function common(hostname: string): PlainObject {
  return {
    arch: 'virtual',
    ceph_release: 'tentacle',
    ceph_version: DAEMON_VERSION,
    ceph_version_short: CEPH_VERSION.split(' ')[2] ?? '',
    hostname,
    os: 'Linux',
  };
}

function osdObject(call: CephCall, id: number): PlainObject {
  const { map, cluster } = call;
  return {
    id,
    ...common(hostOf(map, id) ?? 'none'),
    osd_objectstore: objectstoreOf(cluster.spec),
    rotational: '1',
    bluestore_bdev_size: String(cluster.spec.deviceBytes ?? 2 * 1024 ** 3),
    osd_data: `/var/lib/ceph/osd/ceph-${id}`,
  };
}

const monObject: PlainObject = { addrs: MON_ADDRESSES, ...common('mon') };
const mgrObject: PlainObject = common('mgr');

function osdIds({ map }: CephCall): number[] {
  return map.osds.flatMap((osd, id) => (osd === undefined ? [] : [id]));
}

/** Of all OSDs, in order. */
export function osdMetadataObjects(call: CephCall): PlainObject[] {
  return osdIds(call).map((id) => osdObject(call, id));
}

export const osdMetadata = cephCommand({
  words: 'osd metadata',
  summary: 'what OSDs say of themselves and their machines',
  signature: [optional(OSD)],
  answer: (call) => {
    const id = argNumber(call.args, 'id');
    if (id === undefined) return structured(call, 'osd_metadata', osdMetadataObjects(call), { osd_metadata: 'osd' });
    if (call.map.osds[id] === undefined) return { code: ERRNO.ENOENT, text: `osd.${id} does not exist` };
    return structured(call, 'osd_metadata', osdObject(call, id));
  },
});

export const monMetadata = cephCommand({
  words: 'mon metadata',
  summary: 'what monitors say of themselves and their machines',
  signature: [optional(text('id'))],
  answer: (call) => named(call, 'id', 'a', monObject, 'requested mon not found'),
});

export const mgrMetadata = cephCommand({
  words: 'mgr metadata',
  summary: 'what managers say of themselves and their machines',
  signature: [optional(text('who'))],
  answer: (call) => named(call, 'who', 'x', mgrObject, ''),
});

function named(call: CephCall, arg: string, name: string, object: PlainObject, missing: string): CephAnswer {
  const wanted = argText(call.args, arg);
  const [kind, title] = arg === 'id' ? ['mon', 'mon_metadata'] : ['mgr', 'mgr_metadata'];
  if (wanted === undefined) return structured(call, title, [{ name, ...object }], { [title]: kind });
  return wanted === name ? structured(call, title, object) : { code: ERRNO.ENOENT, text: missing };
}

/** How many daemons say what of one thing. */
function counted(call: CephCall, objects: readonly PlainObject[]): CephAnswer {
  const property = requiredText(call.args, 'property');
  const counts: Record<string, number> = {};
  for (const object of objects) {
    const value = String(object[property] ?? 'unknown');
    counts[value] = (counts[value] ?? 0) + 1;
  }
  return structured(call, property, Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1))));
}

const PROPERTY = text('property', 'such as hostname');

export const osdCountMetadata = cephCommand({
  words: 'osd count-metadata',
  summary: 'count OSDs by one thing that they say of themselves',
  signature: [PROPERTY],
  answer: (call) =>
    counted(
      call,
      osdIds(call).map((id) => osdObject(call, id)),
    ),
});

export const monCountMetadata = cephCommand({
  words: 'mon count-metadata',
  summary: 'count monitors by one thing that they say of themselves',
  signature: [PROPERTY],
  answer: (call) => counted(call, [monObject]),
});

export const mgrCountMetadata = cephCommand({
  words: 'mgr count-metadata',
  summary: 'count managers by one thing that they say of themselves',
  signature: [PROPERTY],
  answer: (call) => counted(call, [mgrObject]),
});

export const monVersions = cephCommand({
  words: 'mon versions',
  summary: 'which releases the monitors run',
  answer: (call) => structured(call, 'ceph_version', { [DAEMON_VERSION]: 1 }),
});

export const mgrVersions = cephCommand({
  words: 'mgr versions',
  summary: 'which releases the managers run',
  answer: (call) => structured(call, 'ceph_version', { [DAEMON_VERSION]: 1 }),
});
