import type { ClusterView, OsdView, PgView } from '../../protocol/view.ts';
import { isOsd, pgBusy, pgMark } from './marks.ts';

/** What keeps requests to a PG waiting. */
export type WhyBlocked = 'down' | 'incomplete' | 'peered' | 'stale' | 'peering' | 'unfound' | 'unknown';

/** The PG that a blocked command waits for, out of the engine's reason; null where it waits for something else. */
export function blockedPg(reason: string, view: ClusterView): PgView | null {
  const pgid = /\bPG (\d+\.[0-9a-f]+)\b/.exec(reason)?.[1];
  return view.pgs.find((pg) => pg.pgid === pgid) ?? null;
}

export function whyBlocked({ state, unfound = 0 }: PgView): WhyBlocked | null {
  for (const word of ['stale', 'down', 'incomplete', 'peered', 'unknown', 'peering'] as const)
    if (state.split('+').includes(word)) return word;
  return unfound > 0 || state.includes('unfound') ? 'unfound' : null;
}

/** OSDs whose processes could be started to help a PG: those that it is blocked by first. */
export function osdsToStart(osds: readonly OsdView[], blockedBy: readonly number[]): readonly number[] {
  const stopped = osds.filter((osd) => osd.running === false && !osd.destroyed).map(({ id }) => id);
  const wanted = stopped.filter((id) => blockedBy.includes(id));
  return wanted.length > 0 ? wanted : stopped;
}

/** How far the cluster is from being whole. */
export interface Recovery {
  readonly pgs: number;
  readonly unclean: number;
  readonly working: number;
  readonly waiting: number;
  readonly blocked: number;
  /** Copies (in erasure pools shards) that are missing, and that are to move. */
  readonly degraded: number;
  readonly misplaced: number;
  readonly unfound: number;
}

export function recoveryOf(pgs: readonly PgView[]): Recovery {
  const sum = { unclean: 0, working: 0, waiting: 0, blocked: 0, degraded: 0, misplaced: 0, unfound: 0 };
  for (const { state, degraded = 0, misplaced = 0, unfound = 0 } of pgs) {
    if (state === 'active+clean') continue;
    sum.unclean += 1;
    const busy = pgBusy(state);
    if (busy !== null) sum[busy] += 1;
    if (pgMark(state) === 'down') sum.blocked += 1;
    sum.degraded += degraded;
    sum.misplaced += misplaced;
    sum.unfound += unfound;
  }
  return { pgs: pgs.length, ...sum };
}

/** How many OSDs serve a PG. */
export function serving({ acting }: PgView): number {
  return acting.filter(isOsd).length;
}
