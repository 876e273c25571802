import { type Evaluation, evaluate } from '../../../../engine/mon/balancer/evaluation.ts';
import { balancerOf, balancerSettings, type Plan, plannedMap } from '../../../../engine/mon/balancer/plans.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import { pastMap } from '../../../../engine/mon/past-maps.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { answered, argText, type CephAnswer, type CephCall, cephCommand, poolsOf } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';
import { briefText, verboseText } from './eval-text.ts';

export const balancerEval = cephCommand({
  words: 'balancer eval',
  summary: 'how unevenly placement groups lie: 0 is even',
  description: 'Of the cluster, of one pool, or of what a plan would make of the cluster.',
  signature: [optional(text('option'))],
  answer: (call) => answerWith(call, briefText),
});

export const balancerEvalVerbose = cephCommand({
  words: 'balancer eval-verbose',
  summary: 'the same with all the figures behind it',
  description: 'Shares that OSDs should have and have, by pool and by root of the CRUSH tree: PGs, objects, bytes.',
  signature: [optional(text('option'))],
  answer: (call) => answerWith(call, verboseText),
});

/** What is looked at. */
interface Subject {
  readonly what: string;
  readonly map: OsdMap;
  /** All where there is none. */
  readonly pools: readonly string[];
}

/** @ceph src/pybind/mgr/balancer/module.py plan_eval_brief, plan_eval_verbose — exact */
function answerWith(call: CephCall, textOf: (what: string, map: OsdMap, evaluation: Evaluation) => string): CephAnswer {
  const option = argText(call.args, 'option');
  const subject = subjectOf(call, option);
  if (subject === undefined) return answered(refused('EINVAL', `option "${option}" not a plan or a pool`));
  const { what, map, pools } = subject;
  const { metrics } = balancerSettings(call.monitor);
  return { output: textOf(what, map, evaluate({ map, pools, pgs: call.stats().pgs, metrics })) };
}

/** @ceph src/pybind/mgr/balancer/module.py _state_from_option — exact */
function subjectOf({ map, monitor }: CephCall, option: string | undefined): Subject | undefined {
  if (option === undefined) return { what: 'current cluster', map, pools: [] };
  const plan = balancerOf(monitor).plans.find(({ name }) => name === option);
  if (plan !== undefined)
    return { ...planSubject(plan, map, pastMap(monitor.context, map, plan.epoch)), pools: plan.pools };
  const isPool = poolsOf(map).some(({ name }) => name === option);
  return isPool ? { what: `pool "${option}"`, map, pools: [option] } : undefined;
}

/** A plan of upmaps alone shows the map that it was made for, without its changes. */
function planSubject(plan: Plan, map: OsdMap, initial = map): Omit<Subject, 'pools'> {
  if (plan.mode === 'upmap') return { what: `plan "${plan.name}"`, map: initial };
  return { what: `plan ${plan.name} final`, map: plannedMap(initial, plan) };
}
