import { CephError, ERRNO } from '../../../../engine/base/errno.ts';
import { askScrub } from '../../../../engine/cluster/scrub/queue.ts';
import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import { argTexts, type CephAnswer, type CephCall, cephCommand, requiredText } from '../ceph-command.ts';
import { PGID, POOL, text } from '../signatures.ts';

const KINDS = ['scrub', 'deep-scrub', 'repair'] as const;
type Kind = (typeof KINDS)[number];

const SUMMARIES: Readonly<Record<Kind, string>> = {
  scrub: 'compare the copies by size and attributes',
  'deep-scrub': 'compare the copies byte by byte',
  repair: 'compare the copies, and make wrong ones anew',
};

/** `pg scrub` and its like. */
export const pgScrubs = KINDS.map((kind) =>
  cephCommand({
    words: `pg ${kind}`,
    summary: `one placement group: ${SUMMARIES[kind]}`,
    signature: [PGID],
    answer: (call) => scrubPg(call, requiredText(call.args, 'pgid'), kind),
  }),
);

/** `osd pool scrub` and its like. */
export const poolScrubs = KINDS.map((kind) =>
  cephCommand({
    words: `osd pool ${kind}`,
    summary: `all placement groups of pools: ${SUMMARIES[kind]}`,
    signature: [{ ...POOL, name: 'who', repeat: true }],
    answer: (call) => scrubPools(call, kind),
  }),
);

/** `osd scrub` and its like. */
export const osdScrubs = KINDS.map((kind) =>
  cephCommand({
    words: `osd ${kind}`,
    summary: `all placement groups that an OSD leads: ${SUMMARIES[kind]}`,
    signature: [{ ...text('who'), completes: 'osd' }],
    answer: (call) => scrubOsds(call, requiredText(call.args, 'who'), kind),
  }),
);

/** @ceph src/mgr/DaemonServer.cc "pg scrub" — exact */
function scrubPg(call: CephCall, pgid: string, kind: Kind): CephAnswer {
  const pg = call.stats().pgs.find((each) => each.pgid === pgid);
  if (pg === undefined) return { code: ERRNO.ENOENT, text: `pg ${pgid} does not exist` };
  const failed = ask(call, pg, kind);
  if (failed !== null) return failed;
  const shard = pg.acting.indexOf(pg.actingPrimary);
  const name = call.map.pools.get(pg.pool)?.type === 'erasure' ? `${pgid}s${shard}` : pgid;
  return { text: `instructing pg ${name} on osd.${pg.actingPrimary} to ${kind}` };
}

function ask(call: CephCall, pg: PgStat, kind: Kind): CephAnswer | null {
  try {
    call.monitor.received();
    askScrub(call.cluster.pgs, pg.pgid, kind);
    return null;
  } catch (error) {
    if (error instanceof CephError) return { code: error.errno, text: error.context };
    throw error;
  }
}

function scrubPools(call: CephCall, kind: Kind): CephAnswer {
  const names = argTexts(call.args, 'who');
  const pools = names.map((name) => call.monitor.findPool(name)?.id);
  const wrong = names.find((_, at) => pools[at] === undefined);
  if (wrong !== undefined) return { code: ERRNO.ENOENT, text: `unrecognized pool '${wrong}'` };
  for (const pg of call.stats().pgs) if (pools.includes(pg.pool) && pg.actingPrimary >= 0) ask(call, pg, kind);
  return {};
}

/** @ceph src/mgr/DaemonServer.cc "osd scrub" — exact */
function scrubOsds(call: CephCall, who: string, kind: Kind): CephAnswer {
  const { osds } = call.map;
  const isAll = ['*', 'all', 'any'].includes(who);
  const id = /^(?:osd\.)?(\d+)$/.exec(who)?.[1];
  if (!isAll && id === undefined)
    return { code: ERRNO.EINVAL, text: `Expected option value to be integer, got '${who}'invalid osd '${who}'` };
  const asked = isAll ? [...osds.keys()].filter((osd) => osds[osd]?.up === true) : [Number(id)];
  const down = asked.find((osd) => osds[osd]?.up !== true);
  if (down !== undefined) return { code: ERRNO.EAGAIN, text: `osd.${down} is not up` };
  for (const pg of call.stats().pgs) if (asked.includes(pg.actingPrimary)) ask(call, pg, kind);
  return { text: `instructed osd(s) ${asked.join(',')} to ${kind}` };
}
