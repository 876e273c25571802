import { balancerOf, type Plan } from '../../../../engine/mon/balancer/plans.ts';
import { balancerScore } from '../../../../engine/mon/balancer/score.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import type { OsdMap, PgPool } from '../../../../engine/osdmap/osd-map.ts';
import { mapperOf } from '../../../../engine/osdmap/pg-mapper.ts';
import { readBalanceOf } from '../../../../engine/osdmap/read-balance.ts';
import { answered, argText, type CephAnswer, type CephCall, cephCommand, poolsOf } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';

export const balancerEval = cephCommand({
  words: 'balancer eval',
  summary: 'how unevenly placement groups lie: 0 is even',
  description: 'Of the cluster, of one pool, or of what a plan would make of the cluster.',
  signature: [optional(text('option'))],
  answer: evaluate,
});

/** @ceph src/pybind/mgr/balancer/module.py plan_eval — exact */
function evaluate(call: CephCall): CephAnswer {
  const { map, monitor, args } = call;
  const option = argText(args, 'option');
  const { plans, pools: chosen } = balancerOf(monitor);
  const pools = poolsOf(map).filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  if (option === undefined) return scored(call, 'current cluster', map, pools);
  const plan = plans.find(({ name }) => name === option);
  if (plan !== undefined) return scored(call, `plan ${option} final`, planned(map, plan), pools);
  const pool = poolsOf(map).find(({ name }) => name === option);
  if (pool === undefined) return answered(refused('EINVAL', `option "${option}" not a plan or a pool`));
  return scored(call, `pool "${option}"`, map, [pool]);
}

function planned(map: OsdMap, plan: Plan): OsdMap {
  const pgUpmapItems = new Map([...map.pgUpmapItems, ...plan.set]);
  for (const pg of plan.clear) pgUpmapItems.delete(pg);
  return { ...map, pgUpmapItems, pgUpmapPrimaries: new Map([...map.pgUpmapPrimaries, ...plan.primaries]) };
}

function scored(call: CephCall, what: string, map: OsdMap, pools: readonly PgPool[]): CephAnswer {
  const mapper = mapperOf(map);
  const pgs = call.stats().pgs.map((pg) => {
    const pool = map.pools.get(pg.pool);
    return pool === undefined ? pg : { ...pg, up: mapper.get(pool, pg.seed).up };
  });
  const reads = pools.flatMap((pool) => {
    const balance = readBalanceOf(map, pool);
    return balance?.valid === true ? [`'${pool.name}': ${pythonFloat(balance.scoreActing)}`] : [];
  });
  const score = balancerScore(map, pools, pgs).toFixed(6);
  return {
    output:
      `${what} score ${score} (lower is better)\n` + `read_balance_scores (lower is better) {${reads.join(', ')}}\n`,
  };
}

function pythonFloat(value: number): string {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}
