import { lastRound_us, startBalancer } from '../../../../engine/mon/balancer/automatic.ts';
import {
  BALANCER_MODES,
  balancerOf,
  changeBalancer,
  executePlan,
  optimizePools,
  type Plan,
  setBalancerMode,
} from '../../../../engine/mon/balancer/plans.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import { byPg } from '../../../../engine/osdmap/pg-wire.ts';
import { ctimeText } from '../../format/dates.ts';
import {
  answered,
  argTexts,
  type CephAnswer,
  type CephCall,
  cephCommand,
  requiredText,
  structured,
} from '../ceph-command.ts';
import { choice, optional, text } from '../signatures.ts';
import { planText } from './plan-node.ts';
import { missingPools, planOf } from './shared.ts';

const PLAN = text('plan');
const POOLS = { ...text('pools'), repeat: true, completes: 'pool' } as const;

/** @ceph src/pybind/mgr/balancer/module.py show_status — exact; working out a plan takes no virtual time */
export const balancerStatus = cephCommand({
  words: 'balancer status',
  summary: 'what the balancer does',
  answer: (call) => {
    const { active, mode, plans, result, started_us, needless } = balancerOf(call.monitor);
    // By itself it looks each minute, and only what came of it is kept.
    const at_us = active && result !== '' ? Math.max(started_us, lastRound_us(call.monitor)) : started_us;
    return inWords(call, {
      active,
      last_optimize_duration: at_us === 0 ? '' : '0:00:00.000000',
      last_optimize_started: at_us === 0 ? '' : ctimeText(at_us),
      mode,
      no_optimization_needed: needless,
      optimize_result: result,
      plans: plans.map(({ name }) => name),
    });
  },
});

/** @ceph src/pybind/mgr/balancer/module.py show_status_detail — as it answers unless its option is set */
export const balancerStatusDetail = cephCommand({
  words: 'balancer status detail',
  summary: 'what the balancer does, with what it changed last',
  answer: () => ({
    output:
      'This command is disabled.\n' +
      'To enable, run `ceph config set mgr mgr/balancer/update_pg_upmap_activity True`.\n',
  }),
});

/** JSON with four blanks a level, whatever format is asked for. */
function inWords(call: CephCall, value: Parameters<typeof structured>[2]): CephAnswer {
  return structured({ ...call, format: 'json-pretty' }, 'balancer', value);
}

export const balancerMode = cephCommand({
  words: 'balancer mode',
  summary: 'how the balancer works',
  signature: [choice('mode', BALANCER_MODES)],
  answer: ({ monitor, args }) => answered(setBalancerMode(monitor, requiredText(args, 'mode'))),
});

export const balancerOn = cephCommand({
  words: 'balancer on',
  summary: 'balance each minute',
  answer: ({ monitor, cluster }) => {
    changeBalancer(monitor, { active: true });
    startBalancer(monitor, cluster.stats);
    return {};
  },
});

export const balancerOff = cephCommand({
  words: 'balancer off',
  summary: 'balance only when it is asked for',
  answer: ({ monitor }) => {
    changeBalancer(monitor, { active: false });
    return {};
  },
});

export const balancerLs = cephCommand({
  words: 'balancer ls',
  summary: 'plans that were worked out',
  answer: (call) =>
    inWords(
      call,
      balancerOf(call.monitor).plans.map(({ name }) => name),
    ),
});

export const balancerOptimize = cephCommand({
  words: 'balancer optimize',
  summary: 'work out what spreads placement groups more evenly, as a plan',
  signature: [PLAN, optional(POOLS)],
  answer: ({ monitor, map, args, stats }) => {
    if (balancerOf(monitor).active)
      return answered(refused('EINVAL', 'Balancer enabled, disable to optimize manually'));
    const given = argTexts(args, 'pools');
    const missing = missingPools(map, given);
    if (missing.length > 0) return answered(refused('EINVAL', `pools [${missing.join(', ')}] not found`));
    return answered(optimizePools(monitor, stats(), requiredText(args, 'plan'), given));
  },
});

export const balancerShow = cephCommand({
  words: 'balancer show',
  summary: 'a plan as the commands that would make it',
  signature: [PLAN],
  answer: (call) => {
    const plan = planOf(call);
    if ('code' in plan) return plan;
    // A plan of upmaps alone shows no more than its kind.
    if (plan.mode === 'upmap') return { output: 'upmap plan\n' };
    const lines = [
      `# starting osdmap epoch ${plan.epoch}`,
      `# starting crush version ${plan.crushVersion}`,
      `# mode ${plan.mode}`,
      ...weightLines(plan),
      ...plan.clear.map((pg) => `ceph osd rm-pg-upmap-items ${pg}`),
      ...byPg(plan.set).map(([pg, pairs]) => `ceph osd pg-upmap-items ${pg} ${pairs.flat().join(' ')}`),
      ...byPg(plan.primaries).map(([pg, osd]) => `ceph osd pg-upmap-primary ${pg} ${osd}`),
    ];
    return { output: `${lines.join('\n')}\n` };
  },
});

/** What makes the weights of a plan. */
function weightLines({ isSetMissing, compatWeights = new Map(), reweights = new Map() }: Plan): string[] {
  return [
    ...(isSetMissing === true ? ['ceph osd crush weight-set create-compat'] : []),
    ...[...compatWeights].map(([osd, to]) => `ceph osd crush weight-set reweight-compat ${osd} ${to.toFixed(6)}`),
    ...[...reweights].map(([osd, to]) => `ceph osd reweight osd.${osd} ${to.toFixed(6)}`),
  ];
}

export const balancerDump = cephCommand({
  words: 'balancer dump',
  summary: 'a plan as what it would change in the OSD map',
  signature: [PLAN],
  answer: (call) => {
    const plan = planOf(call);
    return 'code' in plan ? plan : { output: `${planText(call.map, plan)}\n` };
  },
});

export const balancerExecute = cephCommand({
  words: 'balancer execute',
  summary: 'make what a plan says',
  signature: [PLAN],
  answer: (call) => {
    if (balancerOf(call.monitor).active)
      return answered(refused('EINVAL', 'Balancer enabled, disable to execute a plan'));
    const plan = planOf(call);
    if ('code' in plan) return plan;
    executePlan(call.monitor, plan);
    return {};
  },
});

export const balancerRm = cephCommand({
  words: 'balancer rm',
  summary: 'forget a plan',
  signature: [PLAN],
  answer: ({ monitor, args }) => {
    const name = requiredText(args, 'plan');
    changeBalancer(monitor, { plans: balancerOf(monitor).plans.filter((plan) => plan.name !== name) });
    return {};
  },
});

export const balancerReset = cephCommand({
  words: 'balancer reset',
  summary: 'forget all plans',
  answer: ({ monitor }) => {
    changeBalancer(monitor, { plans: [] });
    return {};
  },
});

export const balancerPoolLs = cephCommand({
  words: 'balancer pool ls',
  summary: 'pools that the balancer is for; none means all',
  answer: (call) => {
    const { pools } = balancerOf(call.monitor);
    return pools.length === 0 ? {} : inWords(call, [...pools].sort());
  },
});

export const balancerPoolAdd = cephCommand({
  words: 'balancer pool add',
  summary: 'let the balancer be for some pools',
  signature: [POOLS],
  answer: ({ monitor, map, args }) => {
    const given = argTexts(args, 'pools');
    const missing = missingPools(map, given);
    if (missing.length > 0) return answered(refused('EINVAL', `pool(s) [${missing.join(', ')}] not found`));
    changeBalancer(monitor, { pools: [...new Set([...balancerOf(monitor).pools, ...given])] });
    return {};
  },
});

export const balancerPoolRm = cephCommand({
  words: 'balancer pool rm',
  summary: 'take pools off the balancer’s list',
  signature: [POOLS],
  answer: ({ monitor, args }) => {
    const given = argTexts(args, 'pools');
    changeBalancer(monitor, { pools: balancerOf(monitor).pools.filter((pool) => !given.includes(pool)) });
    return {};
  },
});
