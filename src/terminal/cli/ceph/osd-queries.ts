import { ERRNO } from '../../../engine/base/errno.ts';
import { devicesUnder, idOfName } from '../../../engine/crush/tree.ts';
import { generalText } from '../format/fixed-text.ts';
import { arrayNode, type FormatNode, nodeOf } from '../format/tree.ts';
import { mapNode } from '../osdmaptool/map-dump.ts';
import { mapText } from '../osdmaptool/map-text.ts';
import { argNumber, type CephAnswer, type CephCall, cephCommand, requiredText, shown } from './ceph-command.ts';
import { atEpoch } from './epoch.ts';
import { OSD, optional, text } from './signatures.ts';
import { osdmapObject, osdSummary } from './status.ts';
import { wholeMap } from './whole-map.ts';

export const osdStat = cephCommand({
  words: 'osd stat',
  summary: 'how many OSDs are up and in',
  answer: (call) => {
    const stats = call.stats();
    return shown(
      call,
      () => `${osdSummary(call, stats)}; epoch: e${call.map.epoch}\n`,
      () => nodeOf('osdmap', osdmapObject(call, stats)),
    );
  },
});

const EPOCH = optional({ name: 'epoch', type: { kind: 'int', range: [0] } });

export const osdLs = cephCommand({
  words: 'osd ls',
  summary: 'ids of all OSDs',
  signature: [EPOCH],
  answer: (call) =>
    atEpoch(call, (at) =>
      idList(
        at,
        at.map.osds.flatMap((osd, id) => (osd === undefined ? [] : [id])),
      ),
    ),
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd ls-tree" — exact */
export const osdLsTree = cephCommand({
  words: 'osd ls-tree',
  summary: 'ids of the OSDs below a bucket',
  signature: [EPOCH, { ...text('name'), completes: 'bucket' }],
  answer: (call) => atEpoch(call, idsUnder),
});

function idsUnder(call: CephCall): CephAnswer {
  const { crush } = call.map;
  const name = requiredText(call.args, 'name');
  const id = idOfName(crush, name);
  if (id === undefined) return { code: ERRNO.ENOENT, text: `"${name}" does not exist` };
  return idList(
    call,
    [...new Set(devicesUnder(crush, id))].sort((a, b) => a - b),
  );
}

function idList(call: CephCall, ids: readonly number[]): CephAnswer {
  return shown(
    call,
    () => ids.map((id) => `${id}\n`).join(''),
    () => nodeOf('osds', ids, 'osd'),
    '\n',
  );
}

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd info" — exact */
export const osdInfo = cephCommand({
  words: 'osd info',
  summary: 'what the map says of one OSD, or of all',
  signature: [optional(OSD)],
  answer: (call) => {
    const id = argNumber(call.args, 'id');
    if (id !== undefined && call.map.osds[id] === undefined)
      return { code: ERRNO.EINVAL, text: `osd.${id} does not exist` };
    const map = wholeMap(call.map, call.monitor);
    const start = id === undefined ? 'osd.' : `osd.${id} `;
    return shown(
      call,
      () =>
        mapText(map)
          .split('\n')
          .flatMap((line) => (line.startsWith(start) ? [`${line}\n`] : []))
          .join(''),
      () => infoNode(mapNode(map), id),
      '\n',
    );
  },
});

/** The part of a map's dump about OSDs. */
function infoNode(map: FormatNode, id: number | undefined): FormatNode {
  const parts = map.kind === 'value' ? [] : map.children;
  const list = parts.find(({ name }) => name === 'osds');
  const osds = list === undefined || list.kind === 'value' ? [] : list.children;
  if (id === undefined)
    return arrayNode(
      'osds',
      osds.map((osd) => ({ ...osd, name: 'osd_info' })),
    );
  const found = osds.find((osd) => osd.kind === 'object' && osd.children.some((part) => isId(part, id)));
  return found ?? arrayNode('osd_info', []);
}

function isId(part: FormatNode, id: number): boolean {
  return part.kind === 'value' && part.name === 'osd' && part.value === id;
}

export const osdGetmaxosd = cephCommand({
  words: 'osd getmaxosd',
  summary: 'how many OSD ids there may be',
  answer: (call) =>
    shown(
      call,
      () => `max_osd = ${call.map.maxOsd} in epoch ${call.map.epoch}\n`,
      () => nodeOf('getmaxosd', { epoch: call.map.epoch, max_osd: call.map.maxOsd }),
    ),
});

export const osdUtilization = cephCommand({
  words: 'osd utilization',
  summary: 'how evenly placement groups lie on the OSDs',
  answer: utilization,
});

/** @ceph src/osd/OSDMap.cc summarize_mapping_stats — exact */
function utilization(call: CephCall): CephAnswer {
  const osds = call.stats().osds.filter(({ id }) => (call.map.osds[id]?.weight ?? 0) > 0);
  const total = osds.reduce((sum, { pgs }) => sum + pgs, 0);
  if (osds.length === 0) return { code: ERRNO.ENOENT, text: 'no osds' };
  const average = total / osds.length;
  const spread = Math.sqrt(osds.reduce((sum, { pgs }) => sum + (pgs - average) ** 2, 0) / osds.length);
  const share = 1 / osds.length;
  const expected = Math.sqrt(total * share * (1 - share));
  const least = osds.reduce((a, b) => (b.pgs < a.pgs ? b : a));
  const most = osds.reduce((a, b) => (b.pgs > a.pgs ? b : a));
  const line = (what: string, { id, pgs }: { id: number; pgs: number }): string =>
    `${what} osd.${id} with ${pgs} pgs (${generalText(pgs / average, 6)} * mean)\n`;
  return shown(
    call,
    () =>
      `avg ${Math.floor(average)}\nstddev ${generalText(spread, 6)} (expected baseline ${generalText(expected, 6)})\n` +
      line('min', least) +
      line('max', most),
    () =>
      nodeOf('utilization', {
        avg_pgs: Math.floor(average),
        std_dev: spread,
        expected_baseline_std_dev: expected,
        min_osd: least.id,
        min_osd_pgs: least.pgs,
        max_osd: most.id,
        max_osd_pgs: most.pgs,
      }),
  );
}
