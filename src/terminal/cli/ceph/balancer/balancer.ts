import {
  BALANCER_MODES,
  balancerOf,
  changeBalancer,
  executePlan,
  optimizePools,
  setBalancerMode,
} from '../../../../engine/mon/balancer/plans.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import { EXIT_NOT_YET } from '../../command.ts';
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
import { missingPools, planOf } from './shared.ts';

const PLAN = text('plan');
const POOLS = { ...text('pools'), repeat: true, completes: 'pool' } as const;

/** @ceph src/pybind/mgr/balancer/module.py show_status — exact; nothing is balanced by itself here, so `active` is false */
export const balancerStatus = cephCommand({
  words: 'balancer status',
  summary: 'what the balancer does',
  answer: (call) => {
    const { mode, plans, result, started_us, needless } = balancerOf(call.monitor);
    return inWords(call, {
      active: false,
      last_optimize_duration: started_us === 0 ? '' : '0:00:00.000000',
      last_optimize_started: started_us === 0 ? '' : ctimeText(started_us),
      mode,
      no_optimization_needed: needless,
      optimize_result: result,
      plans: plans.map(({ name }) => name),
    });
  },
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

export const balancerOff = cephCommand({
  words: 'balancer off',
  summary: 'balance only when it is asked for',
  answer: () => ({}),
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
  summary: 'work out upmaps that spread placement groups more evenly, as a plan',
  signature: [PLAN, optional(POOLS)],
  answer: ({ monitor, map, args }) => {
    const given = argTexts(args, 'pools');
    const missing = missingPools(map, given);
    if (missing.length > 0) return answered(refused('EINVAL', `pools [${missing.join(', ')}] not found`));
    const { mode, pools } = balancerOf(monitor);
    if (mode === 'none')
      return answered(refused('ENOEXEC', 'Please do "ceph balancer mode" to choose a valid mode first'));
    if (mode !== 'upmap')
      return { code: EXIT_NOT_YET, text: `balancer mode ${mode} is not available in this sandbox yet` };
    return answered(optimizePools(monitor, requiredText(args, 'plan'), given.length > 0 ? given : pools));
  },
});

export const balancerShow = cephCommand({
  words: 'balancer show',
  summary: 'a plan as the commands that would make it',
  signature: [PLAN],
  answer: (call) => {
    const plan = planOf(call);
    if ('code' in plan) return plan;
    const lines = [
      `# starting osdmap epoch ${plan.epoch}`,
      `# starting crush version ${plan.crushVersion}`,
      `# mode ${plan.mode}`,
      ...plan.clear.map((pg) => `ceph osd rm-pg-upmap-items ${pg}`),
      ...[...plan.set].map(([pg, pairs]) => `ceph osd pg-upmap-items ${pg} ${pairs.flat().join(' ')}`),
    ];
    return { output: `${lines.join('\n')}\n` };
  },
});

export const balancerExecute = cephCommand({
  words: 'balancer execute',
  summary: 'make what a plan says',
  signature: [PLAN],
  answer: (call) => {
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
