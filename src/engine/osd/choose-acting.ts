import type { EVersion } from '../os/onode.ts';
import { osdOfShard } from '../os/shard-id.ts';
import type { PgPool } from '../osdmap/osd-map.ts';
import { distance } from './async-recovery.ts';
import { compareVersions } from './pg.ts';

/** An OSD that is up and holds a PG, or part of it, as peering hears of it. */
export interface ShardInfo {
  /** The OSD; in erasure pools with its shard (`pgShard`). */
  readonly id: number;
  readonly lastUpdate: EVersion;
  /** False while a backfill has not gone through. */
  readonly complete: boolean;
  readonly startedEpoch: number;
  /** Objects that it is known to lack as of `lastUpdate`. */
  readonly missing: number;
}

/** Who is to act: the acting set as the map has it, and who is to be filled. */
export interface ActingChoice {
  /** A replicated pool's primary first; an erasure pool's by shard, with holes. */
  readonly acting: readonly number[];
  /** The same without holes, in erasure pools with their shards. */
  readonly members: readonly number[];
  readonly backfill: readonly number[];
  /** Members of the up set that do not act while they recover; in erasure pools with their shards. */
  readonly asyncRecovery: readonly number[];
}

/**
 * The OSD whose log counts: of those that took part in the last interval, the one with the newest write, the present
 * primary among equals. Null where none is complete. In an erasure pool the one with the oldest write: a write that not all
 * shards have was not acknowledged, and may be lost for good.
 *
 * @ceph src/osd/PeeringState.cc find_best_info — exact but for the length of the log, which all OSDs of this cluster
 *   share
 */
export function findBestInfo(infos: readonly ShardInfo[], primary: number, type: PgPool['type']): ShardInfo | null {
  let started = 0;
  for (const { complete, startedEpoch } of infos) if (complete && startedEpoch > started) started = startedEpoch;
  let best: ShardInfo | null = null;
  for (const info of infos) {
    if (!info.complete || info.startedEpoch < started) continue;
    const newer = best === null ? 0 : compareVersions(info.lastUpdate, best.lastUpdate);
    const better = type === 'erasure' ? newer < 0 : newer > 0;
    if (best === null || better || (newer === 0 && osdOfShard(info.id) === primary)) best = info;
  }
  return best;
}

const NOBODY: readonly number[] = [];

/**
 * Who acts for a replicated PG: the up set as far as the log can bring it up to date, then members of the acting set, then
 * others that hold the PG, until there are enough. Members of the up set that the log cannot help are filled instead.
 *
 * @param forceAuthMissing the up primary does not lead when it is further behind than so many writes and objects
 * @ceph src/osd/PeeringState.cc select_replicated_primary, calc_replicated_acting — exact, without stretch mode
 */
export function chooseActing(
  infos: readonly ShardInfo[],
  best: ShardInfo,
  logTail: EVersion,
  size: number,
  up: readonly number[],
  acting: readonly number[],
  forceAuthMissing: number,
): ActingChoice {
  const infoOf = (osd: number) => infos.find(({ id }) => id === osd);
  const usable = (osd: number): boolean => {
    const info = infoOf(osd);
    return info?.complete === true && compareVersions(info.lastUpdate, logTail) >= 0;
  };
  const [upPrimary] = up;
  const first = upPrimary === undefined || !usable(upPrimary) ? undefined : infoOf(upPrimary);
  const primary = first === undefined || distance(first, best) > forceAuthMissing ? best.id : first.id;
  // Nearly always the up set acts, and nobody else has the PG.
  if (primary === upPrimary && up.every(usable) && (up.length >= size || infos.every(({ id }) => up.includes(id))))
    return { acting: up, members: up, backfill: NOBODY, asyncRecovery: NOBODY };
  const want = [primary, ...up.filter((osd) => osd !== primary && usable(osd))];
  const others = want.length < size ? infos.filter(({ id }) => !up.includes(id)) : [];
  if (others.length > 0) {
    const newestFirst = (a: ShardInfo, b: ShardInfo) => compareVersions(b.lastUpdate, a.lastUpdate);
    const acted = others.filter(({ id }) => acting.includes(id)).sort(newestFirst);
    const strays = others.filter(({ id }) => !acting.includes(id)).sort(newestFirst);
    for (const { id } of [...acted, ...strays])
      if (want.length < size && !want.includes(id) && usable(id)) want.push(id);
  }
  const backfill = up.every((osd) => want.includes(osd)) ? NOBODY : up.filter((osd) => !want.includes(osd));
  return { acting: want, members: want, backfill, asyncRecovery: NOBODY };
}
