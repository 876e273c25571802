import { CRUSH_ITEM_NONE } from '../crush/crush-map.ts';
import type { EVersion } from '../os/onode.ts';
import { osdOfShard, pgShard, shardOf } from '../os/shard-id.ts';
import type { ActingChoice, ShardInfo } from './choose-acting.ts';
import { compareVersions } from './pg.ts';

/**
 * Who acts for an erasure PG, shard by shard: the OSD of the up set if the log can bring its shard up to date, else the one
 * that acts now while the first is filled, else any other that has the shard, else nobody.
 *
 * @ceph src/osd/PeeringState.cc calc_ec_acting — exact
 */
export function chooseEcActing(
  infos: readonly ShardInfo[],
  logTail: EVersion,
  size: number,
  up: readonly number[],
  acting: readonly number[],
): ActingChoice {
  const usable = infos.filter(({ complete, lastUpdate }) => complete && compareVersions(lastUpdate, logTail) >= 0);
  const ids = new Set(usable.map(({ id }) => id));
  const at = (set: readonly number[], shard: number): number | undefined => {
    const osd = set[shard];
    return osd === undefined || osd === CRUSH_ITEM_NONE ? undefined : pgShard(osd, shard);
  };
  const members: number[] = [];
  const backfill: number[] = [];
  for (let shard = 0; shard < size; shard++) {
    const wanted = at(up, shard);
    if (wanted !== undefined && !ids.has(wanted)) backfill.push(wanted);
    const candidates = [wanted, at(acting, shard), ...[...ids].filter((id) => shardOf(id) === shard).sort(byOsd)];
    const chosen = candidates.find((id) => id !== undefined && ids.has(id));
    if (chosen !== undefined) members.push(chosen);
  }
  const set = Array.from({ length: size }, () => CRUSH_ITEM_NONE);
  for (const id of members) set[shardOf(id)] = osdOfShard(id);
  return { acting: set, members, backfill, asyncRecovery: [] };
}

function byOsd(a: number, b: number): number {
  return osdOfShard(a) - osdOfShard(b);
}
