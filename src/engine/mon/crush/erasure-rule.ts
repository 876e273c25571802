import { must } from '../../base/assert.ts';
import { CephError } from '../../base/errno.ts';
import type { CrushMap, CrushStep } from '../../crush/crush-map.ts';
import { addSimpleRule, ruleIdOf } from '../../crush/edit/rules.ts';
import { typeByName } from '../../crush/tree.ts';
import { parseProfile } from '../../erasure-code/profile.ts';
import type { RuleStep } from '../../erasure-code/rule-parameters.ts';
import { noPlugin } from '../erasure-profile.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, editOrAnswer, publishCrush } from './publish-crush.ts';

/**
 * The CRUSH map with a rule for pools of a profile, or why there can be none.
 *
 * @ceph src/erasure-code/ErasureCode.cc ErasureCode::create_rule, lrc/ErasureCodeLrc.cc create_rule — but for several OSDs to a failure domain, which MSR rules serve
 */
export function withErasureRule(
  crush: CrushMap,
  name: string,
  profile: ReadonlyMap<string, string>,
): { readonly crush: CrushMap } | { readonly refusal: MonAnswer } {
  const rule = parseProfile(profile).rule;
  if (rule.osdsPerFailureDomain > 1)
    return {
      refusal: refused(
        'EOPNOTSUPP',
        'rules with several OSDs to a failure domain are not available in this sandbox yet',
      ),
    };
  const { root, failureDomain, deviceClass, steps } = rule;
  return editOrAnswer(() => {
    const made = addSimpleRule(crush, { name, root, failureDomain, deviceClass, mode: 'indep', type: 'erasure' });
    return steps === undefined ? made : withSteps(made, name, steps);
  });
}

/** Where the profile has steps of its own, they stand in place of the usual one. */
function withSteps(crush: CrushMap, name: string, wanted: readonly RuleStep[]): CrushMap {
  const id = ruleIdOf(crush, name) ?? -1;
  const rule = must(crush.rules.get(id), 'the rule that was made');
  const chosen = wanted.map((step): CrushStep => {
    const type = typeByName(crush, step.type);
    if (type === undefined) throw new CephError('EINVAL', `unknown crush type ${step.type}`);
    return { op: step.op === 'chooseleaf' ? 'chooseleaf' : 'choose', mode: 'indep', num: step.n, type };
  });
  const steps = rule.steps.flatMap((step) => (step.op === 'choose' || step.op === 'chooseleaf' ? chosen : [step]));
  return { ...crush, rules: new Map(crush.rules).set(id, { ...rule, steps }) };
}

/**
 * Makes a rule for erasure pools of a profile. One of that name is no error, whatever it does.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush rule create-erasure" — exact
 */
export function createErasureRule(monitor: Monitor, name: string, profileName: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (ruleIdOf(crush, name) !== undefined) return done(`rule ${name} already exists`);
    const profile = monitor.map().erasureCodeProfiles.get(profileName);
    if (profile === undefined) return noPlugin(new Map());
    const made = withErasureRule(crush, name, profile);
    if ('refusal' in made) return made.refusal;
    return publishCrush(monitor, made.crush, `created rule ${name} at ${ruleIdOf(made.crush, name)}`);
  });
}
