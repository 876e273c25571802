import type { EVersion } from '../os/onode.ts';
import { compareVersions } from './pg.ts';

/** An OSD that is up and holds a PG, or part of it, as peering hears of it. */
export interface ShardInfo {
  readonly osd: number;
  readonly lastUpdate: EVersion;
  /** False while a backfill has not gone through. */
  readonly complete: boolean;
  readonly startedEpoch: number;
}

/** Who is to act: the acting set, its primary first, and who is to be filled. */
export interface ActingChoice {
  readonly acting: readonly number[];
  readonly backfill: readonly number[];
}

/**
 * The OSD whose log counts: of those that took part in the last interval, the one with the newest write, the present
 * primary among equals. Null where none is complete.
 *
 * @ceph src/osd/PeeringState.cc find_best_info — exact for replicated pools, but for the length of the log, which all
 *   OSDs of this cluster share
 */
export function findBestInfo(infos: readonly ShardInfo[], primary: number): ShardInfo | null {
  const started = Math.max(0, ...infos.filter(({ complete }) => complete).map(({ startedEpoch }) => startedEpoch));
  let best: ShardInfo | null = null;
  for (const info of infos) {
    if (!info.complete || info.startedEpoch < started) continue;
    const newer = best === null ? 1 : compareVersions(info.lastUpdate, best.lastUpdate);
    if (newer > 0 || (newer === 0 && info.osd === primary)) best = info;
  }
  return best;
}

/**
 * Who acts for a replicated PG: the up set as far as the log can bring it up to date, then members of the acting set, then
 * others that hold the PG, until there are enough. Members of the up set that the log cannot help are filled instead.
 *
 * @ceph src/osd/PeeringState.cc calc_replicated_acting — exact, without stretch mode and asynchronous recovery
 */
export function chooseActing(
  infos: readonly ShardInfo[],
  best: ShardInfo,
  logTail: EVersion,
  size: number,
  up: readonly number[],
  acting: readonly number[],
): ActingChoice {
  const byOsd = new Map(infos.map((info) => [info.osd, info]));
  const usable = (osd: number): boolean => {
    const info = byOsd.get(osd);
    return info?.complete === true && compareVersions(info.lastUpdate, logTail) >= 0;
  };
  const [upPrimary] = up;
  const primary = upPrimary !== undefined && usable(upPrimary) ? upPrimary : best.osd;
  const want = [primary];
  for (const osd of up) if (osd !== primary && usable(osd)) want.push(osd);
  const newestFirst = (a: number, b: number) =>
    compareVersions(byOsd.get(b)?.lastUpdate ?? best.lastUpdate, byOsd.get(a)?.lastUpdate ?? best.lastUpdate);
  const others = infos.map(({ osd }) => osd).filter((osd) => !up.includes(osd));
  const acted = others.filter((osd) => acting.includes(osd)).sort(newestFirst);
  const strays = others.filter((osd) => !acting.includes(osd)).sort(newestFirst);
  for (const osd of [...acted, ...strays]) {
    if (want.length < size && !want.includes(osd) && usable(osd)) want.push(osd);
  }
  return { acting: want, backfill: up.filter((osd) => !want.includes(osd)) };
}
