import { ERRNO } from '../../../../engine/base/errno.ts';
import { forceWork } from '../../../../engine/cluster/pgs/recovery-priority.ts';
import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import { argTexts, type CephAnswer, type CephCall, cephCommand } from '../ceph-command.ts';
import { PGID, POOL } from '../signatures.ts';

interface Force {
  readonly words: string;
  readonly summary: string;
  /** What the PG must be in need of. */
  readonly need: 'recovery' | 'backfill';
  readonly cancel: boolean;
}

const FORCES: readonly Force[] = [
  { words: 'force-recovery', summary: 'recover them before others', need: 'recovery', cancel: false },
  { words: 'force-backfill', summary: 'backfill them before others', need: 'backfill', cancel: false },
  { words: 'cancel-force-recovery', summary: 'recover them in their turn', need: 'recovery', cancel: true },
  { words: 'cancel-force-backfill', summary: 'backfill them in their turn', need: 'backfill', cancel: true },
];

/** `pg force-recovery` and its like. */
export const pgForce = FORCES.map((force) =>
  cephCommand({
    words: `pg ${force.words}`,
    summary: `placement groups: ${force.summary}`,
    signature: [{ ...PGID, repeat: true }],
    answer: (call) => forceByName(call, force),
  }),
);

/** `osd pool force-recovery` and its like. */
export const poolForce = FORCES.map((force) =>
  cephCommand({
    words: `osd pool ${force.words}`,
    summary: `all placement groups of pools: ${force.summary}`,
    signature: [{ ...POOL, name: 'who', repeat: true }],
    answer: (call) => forceByPool(call, force),
  }),
);

function forceByName(call: CephCall, force: Force): CephAnswer {
  const known = new Map(call.stats().pgs.map((pg) => [pg.pgid, pg]));
  const missing = argTexts(call.args, 'pgid').filter((pgid) => !known.has(pgid));
  const found = argTexts(call.args, 'pgid').flatMap((pgid) => known.get(pgid) ?? []);
  const text = missing.map((pgid) => `pg ${pgid} does not exist; `).join('');
  return forceAll(call, found.sort(byId), force, text, missing.length > 0 ? ERRNO.EINVAL : 0);
}

function forceByPool(call: CephCall, force: Force): CephAnswer {
  const pools = argTexts(call.args, 'who').map((name) => call.monitor.findPool(name)?.id);
  const wrong = argTexts(call.args, 'who').find((_, at) => pools[at] === undefined);
  if (wrong !== undefined) return { code: ERRNO.ENOENT, text: `unrecognized pool '${wrong}'` };
  const found = call.stats().pgs.filter(({ pool }) => pools.includes(pool));
  return forceAll(call, found.sort(byId), force, '', 0);
}

function byId(a: PgStat, b: PgStat): number {
  return a.pool - b.pool || a.seed - b.seed;
}

/** @ceph src/mgr/DaemonServer.cc "pg force-recovery" — exact */
function forceAll(call: CephCall, pgs: readonly PgStat[], force: Force, before: string, code: number): CephAnswer {
  const objections = pgs.map((pg) => [pg, objectionTo(pg, force)] as const);
  const found = objections.filter(([, objection]) => objection === undefined).map(([pg]) => pg);
  const text = objections.map(([{ pgid }, objection]) =>
    objection === undefined ? '' : `pg ${pgid} ${objection.text}; `,
  );
  const isWrong = objections.some(([, objection]) => objection?.isWrong === true);
  for (const pg of found) apply(call, pg, force);
  const answer = `${before}${text.join('')}${instructions(call, found, force)}\n`;
  return { code: found.length > 0 ? 0 : isWrong ? ERRNO.EINVAL : code, text: answer };
}

/** Why nothing is done for a PG; `isWrong` where that may be a fault of a script. */
function objectionTo(pg: PgStat, { need, cancel }: Force): { text: string; isWrong: boolean } | undefined {
  const words = pg.state.split('+');
  const isForced = words.includes(`forced_${need}`);
  if (cancel) return isForced ? undefined : { text: `${need} not forced`, isWrong: false };
  const waiting =
    need === 'recovery' ? ['degraded', 'recovering', 'recovery_wait'] : ['degraded', 'backfilling', 'backfill_wait'];
  if (!waiting.some((word) => words.includes(word)))
    return { text: `doesn't require ${need === 'recovery' ? 'recovery' : 'backfilling'}`, isWrong: false };
  return isForced ? { text: `${need} already forced`, isWrong: true } : undefined;
}

function apply({ cluster }: CephCall, { pool, seed }: PgStat, { need, cancel }: Force): void {
  const record = cluster.pgs.record(pool, seed);
  if (record !== undefined) forceWork(cluster.pgs, record, need, !cancel);
}

/** What each primary is told, in order of the OSDs. */
function instructions({ map }: CephCall, pgs: readonly PgStat[], { words }: Force): string {
  const byOsd = new Map<number, string[]>();
  for (const { pgid, pool, acting, actingPrimary } of pgs) {
    if (map.osds[actingPrimary]?.up !== true) continue;
    const shard = map.pools.get(pool)?.type === 'erasure' ? `s${acting.indexOf(actingPrimary)}` : '';
    byOsd.set(actingPrimary, [...(byOsd.get(actingPrimary) ?? []), `${pgid}${shard}`]);
  }
  return [...byOsd]
    .sort(([a], [b]) => a - b)
    .map(([osd, pgids]) => `instructing pg(s) [${pgids.join(',')}] on osd.${osd} to ${words}; `)
    .join('');
}
