import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import { askScrub } from '../../../../engine/cluster/scrub/queue.ts';
import { nextScrub_us } from '../../../../engine/cluster/scrub/schedule.ts';
import { logToCluster } from '../../../../engine/mon/cluster-log.ts';
import { configNumber } from '../../../../engine/mon/config/value.ts';
import { setShardsRepaired } from '../../../../engine/mon/osd-repairs.ts';
import { isoText } from '../../format/dates.ts';
import type { PlainObject } from '../../format/tree.ts';
import {
  argNumber,
  argText,
  argTexts,
  type CephAnswer,
  type CephCall,
  type CephCommand,
  cephCommand,
  structured,
} from '../ceph-command.ts';
import { choice, int, optional, PGID, text } from '../signatures.ts';

/** Scrubs of an OSD's PGs, and what they led to. */
export function osdScrubCommands(osd: number): CephCommand[] {
  return [
    cephCommand({
      words: 'clear_shards_repaired',
      summary: 'forget how many copies it was given anew',
      signature: [optional(int('count'))],
      answer: ({ monitor, args }) => {
        setShardsRepaired(monitor.context.records, osd, argNumber(args, 'count') ?? 0);
        return {};
      },
    }),
    cephCommand({
      words: 'dump_scrubs',
      summary: 'when its placement groups are to be scrubbed',
      answer: (call) => structured(call, 'scrubs', plannedScrubs(call, osd)),
    }),
    cephCommand({
      words: 'dump_scrub_reservations',
      summary: 'scrubs that it takes part in',
      answer: (call) => structured(call, 'scrub_reservations', reservations(call, osd)),
    }),
    ...(['scrub', 'deep-scrub'] as const).map((kind) =>
      cephCommand({
        words: kind,
        summary: kind === 'scrub' ? 'compare the copies of a placement group' : 'compare their bytes, too',
        signature: [optional(PGID)],
        answer: (call) => scrub(call, kind),
      }),
    ),
    cephCommand({
      words: 'cluster_log',
      summary: 'write a line to the cluster log',
      signature: [choice('level', ['error']), { ...text('message'), repeat: true }],
      answer: ({ monitor, args }) => {
        const message = argTexts(args, 'message').join(' ');
        logToCluster(monitor, { who: `osd.${osd}`, channel: 'cluster', level: 'error', text: message });
        return {};
      },
    }),
  ];
}

/** @ceph src/osd/OSD.cc asok_command scrub, deep-scrub — exact */
function scrub(call: CephCall, kind: 'scrub' | 'deep-scrub'): CephAnswer {
  const pgid = argText(call.args, 'pgid');
  if (pgid === undefined) return { code: ERRNO.EINVAL, text: 'no pgid specified' };
  try {
    askScrub(call.cluster.pgs, pgid, kind);
  } catch (error) {
    if (error instanceof CephError) return { code: ERRNO.ENOENT, text: `i don't have pgid ${pgid}` };
    throw error;
  }
  return structured(call, 'result', { deep: kind === 'deep-scrub', must: true, stamp: '0.000000' });
}

type Record = ReturnType<CephCall['cluster']['pgs']['records']>[number];

function ledBy({ cluster }: CephCall, osd: number): Record[] {
  return cluster.pgs.records().filter(({ interval }) => interval.actingPrimary === osd);
}

/** @ceph src/osd/scrubber/osd_scrub_sched.cc dump_scrubs — exact: the next first */
function plannedScrubs(call: CephCall, osd: number): PlainObject[] {
  const { pgs } = call.cluster;
  const planned = ledBy(call, osd).map((record) => ({ record, ...nextScrub_us(pgs, record) }));
  return planned
    .sort((a, b) => a.at_us - b.at_us)
    .map(({ record, at_us, kind }) => ({
      pgid: `${record.pool}.${record.seed.toString(16)}`,
      sched_time: isoText(at_us),
      orig_sched_time: isoText(at_us),
      forced: false,
      level: kind === 'scrub' ? 'shallow' : 'deep',
      urgency: 'periodic-regular',
      eligible: at_us <= call.cluster.now_us(),
      last_issue: 'ok',
    }));
}

function reservations(call: CephCall, osd: number): PlainObject {
  const scrubbing = call.stats().pgs.filter(({ scrub: state }) => state?.doing === 'scrubbing');
  const most = configNumber(call.monitor.context.records, `osd.${osd}`, 'osd_max_scrubs');
  const helped = scrubbing.filter(({ acting, actingPrimary }) => actingPrimary !== osd && acting.includes(osd));
  return {
    scrubs_local: scrubbing.filter(({ actingPrimary }) => actingPrimary === osd).length,
    osd_max_scrubs: most,
    remote_scrub_reservations: {
      max_allowed: most,
      min_priority: 0,
      queues: [],
      in_progress: helped.map(({ pgid }) => ({ item: pgid, prio: 0, can_preempt: false })),
    },
  };
}
