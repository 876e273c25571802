import { refused } from '../../../engine/mon/mon-answer.ts';
import { okToStop } from '../../../engine/mon/ok-to-stop.ts';
import { osdIdsOf } from '../../../engine/mon/osd-ids.ts';
import { safeToDestroy } from '../../../engine/mon/safe-to-destroy.ts';
import { formatted } from '../format/formatter.ts';
import { itemsNamed, nodeOf } from '../format/tree.ts';
import { answered, argTexts, type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { optional, text } from './signatures.ts';

const IDS = { ...text('ids'), repeat: true, completes: 'osd' } as const;

/** OSDs that a line names, or the answer where a word is none. */
function idsOf({ map, args }: CephCall): number[] | CephAnswer {
  const read = osdIdsOf(map, argTexts(args, 'ids'));
  const wrong = read.find(({ problem }) => problem !== undefined);
  if (wrong !== undefined) return answered(refused('EINVAL', `${wrong.problem}invalid osd id '${wrong.word}'`));
  return read.flatMap(({ ids }) => ids);
}

export const osdSafeToDestroy = cephCommand({
  words: 'osd safe-to-destroy',
  summary: 'whether OSDs could be destroyed without risk for the data',
  signature: [IDS],
  answer: (call) => {
    const ids = idsOf(call);
    if (!Array.isArray(ids)) return ids;
    const { code, text: reason, safe, active, unknown } = safeToDestroy(call.map, call.stats().pgs, ids);
    if (call.format === 'plain') return { code, text: reason };
    const lists = { safe_to_destroy: safe, active, missing_stats: unknown, stored_pgs: [] };
    return shown(
      call,
      () => '',
      () =>
        itemsNamed(nodeOf('osd_status', lists), {
          safe_to_destroy: 'osd',
          active: 'osd',
          missing_stats: 'osd',
          stored_pgs: 'osd',
        }),
      '\n',
    );
  },
});

const OK_ITEMS = {
  osds: 'osd',
  ok_become_degraded: 'pg',
  ok_become_more_degraded: 'pg',
  bad_become_inactive: 'pg',
  bad_already_inactive: 'pg',
  bad_no_pool: 'pg',
  unknown: 'pg',
};

export const osdOkToStop = cephCommand({
  words: 'osd ok-to-stop',
  summary: 'whether OSDs could be stopped with all data still served',
  signature: [IDS, optional({ name: 'max', type: { kind: 'int' } })],
  answer: (call) => {
    const ids = idsOf(call);
    if (!Array.isArray(ids)) return ids;
    const { report, bad } = okToStop(call.map, call.stats().pgs, ids);
    const output = `${formatted(itemsNamed(nodeOf('ok_to_stop', report), OK_ITEMS), call.format === 'plain' ? 'json' : call.format)}\n`;
    if (bad === 0) return { output };
    const why = `unsafe to stop osd(s) at this time (${bad} PGs are or would become offline)`;
    return { ...answered(refused('EBUSY', why)), output };
  },
});
