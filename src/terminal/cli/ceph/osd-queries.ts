import { ERRNO } from '../../../engine/base/errno.ts';
import { generalText } from '../format/fixed-text.ts';
import { nodeOf } from '../format/tree.ts';
import { type CephCall, cephCommand, shown } from './ceph-command.ts';
import { osdmapObject, osdSummary } from './status.ts';

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

export const osdLs = cephCommand({
  words: 'osd ls',
  summary: 'ids of all OSDs',
  answer: (call) =>
    shown(
      call,
      () =>
        osdIds(call)
          .map((id) => `${id}\n`)
          .join(''),
      () => nodeOf('osds', osdIds(call), 'osd'),
      '\n',
    ),
});

function osdIds({ map }: CephCall): number[] {
  return map.osds.flatMap((osd, id) => (osd === undefined ? [] : [id]));
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

/** @ceph src/osd/OSDMap.cc summarize_mapping_stats — exact, plain only */
function utilization(call: CephCall) {
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
  return {
    output:
      `avg ${Math.floor(average)}\nstddev ${generalText(spread, 6)} (expected baseline ${generalText(expected, 6)})\n` +
      line('min', least) +
      line('max', most),
  };
}
