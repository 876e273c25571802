import { ERRNO } from '../../../../engine/base/errno.ts';
import type { PgStat } from '../../../../engine/mon/pg-stat.ts';
import { EXIT_NOT_YET } from '../../command.ts';
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
  const byId = new Map(call.stats().pgs.map((pg) => [pg.pgid, pg]));
  const missing = argTexts(call.args, 'pgid').filter((pgid) => !byId.has(pgid));
  const found = argTexts(call.args, 'pgid').flatMap((pgid) => byId.get(pgid) ?? []);
  const text = missing.map((pgid) => `pg ${pgid} does not exist; `).join('');
  return forceAll(found, force, text, missing.length > 0 ? ERRNO.EINVAL : 0);
}

function forceByPool(call: CephCall, force: Force): CephAnswer {
  const pools = argTexts(call.args, 'who').map((name) => call.monitor.findPool(name)?.id);
  const wrong = argTexts(call.args, 'who').find((_, at) => pools[at] === undefined);
  if (wrong !== undefined) return { code: ERRNO.ENOENT, text: `unrecognized pool '${wrong}'` };
  const found = call.stats().pgs.filter(({ pool }) => pools.includes(pool));
  return forceAll(
    [...found].sort((a, b) => a.pool - b.pool || a.seed - b.seed),
    force,
    '',
    0,
  );
}

/** @ceph src/mgr/DaemonServer.cc "pg force-recovery" — exact for PGs that need none; the others are not put first yet */
function forceAll(pgs: readonly PgStat[], { need, cancel, words }: Force, before: string, code: number): CephAnswer {
  const inNeed = cancel ? [] : pgs.filter(({ state }) => needs(state, need));
  if (inNeed.length > 0)
    return { code: EXIT_NOT_YET, text: `'ceph pg ${words}' of a PG that waits is not available in this sandbox yet` };
  const what = need === 'recovery' ? 'recovery' : 'backfilling';
  const each = cancel ? `${need} not forced` : `doesn't require ${what}`;
  const text = before + pgs.map(({ pgid }) => `pg ${pgid} ${each}; `).join('');
  return { code, text: `${text}\n` };
}

function needs(state: string, need: Force['need']): boolean {
  const words = state.split('+');
  const waiting =
    need === 'recovery' ? ['degraded', 'recovering', 'recovery_wait'] : ['degraded', 'backfilling', 'backfill_wait'];
  return waiting.some((word) => words.includes(word));
}
