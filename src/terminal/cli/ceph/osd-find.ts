import { ERRNO } from '../../../engine/base/errno.ts';
import { parentOf } from '../../../engine/mon/crush-parent.ts';
import type { OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { type CephAnswer, type CephCall, cephCommand, requiredText, structured } from './ceph-command.ts';
import { addressObject } from './osd-addresses.ts';

export const osdFind = cephCommand({
  words: 'osd find',
  summary: 'where an OSD is: its host and its place in the tree',
  signature: [{ name: 'id', type: { kind: 'osd' } }],
  answer: find,
});

function find(call: CephCall): CephAnswer {
  const { map } = call;
  const id = Number(requiredText(call.args, 'id'));
  const osd = map.osds[id];
  if (osd === undefined) return { code: ERRNO.ENOENT, text: `osd.${id} does not exist` };
  const location = locationOf(map, id);
  return structured(
    call,
    'osd_location',
    {
      osd: id,
      addrs: addressObject(id, 'public'),
      osd_fsid: osd.uuid,
      host: location.get('host') ?? '',
      crush_location: Object.fromEntries([...location].sort(([a], [b]) => (a < b ? -1 : 1))),
    },
    { addrvec: 'addr' },
  );
}

/** The buckets above an OSD, by their types. */
function locationOf(map: OsdMap, osd: number): Map<string, string> {
  const out = new Map<string, string>();
  for (let at = parentOf(map, osd); at !== undefined; at = parentOf(map, at)) {
    const type = map.crush.types.get(map.crush.buckets.get(at)?.type ?? 0) ?? '';
    out.set(type, map.crush.names.get(at) ?? String(at));
  }
  return out;
}
