import { must } from '../../base/assert.ts';
import { CephError } from '../../base/errno.ts';
import type { CrushMap, CrushStep } from '../../crush/crush-map.ts';
import { addMsrRule, addSimpleRule, ruleIdOf } from '../../crush/edit/rules.ts';
import { typeByName } from '../../crush/tree.ts';
import { parseProfile } from '../../erasure-code/profile.ts';
import type { RuleStep } from '../../erasure-code/rule-parameters.ts';
import type { OsdMap } from '../../osdmap/osd-map.ts';
import { noPlugin } from '../erasure-profile.ts';
import { done, type MonAnswer } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, editOrAnswer, publishCrush, tooNewForClients } from './publish-crush.ts';

/**
 * The CRUSH map with a rule for pools of a profile, or why there can be none.
 *
 * @ceph src/erasure-code/ErasureCode.cc ErasureCode::create_rule, lrc/ErasureCodeLrc.cc create_rule — exact
 */
export function withErasureRule(
  map: OsdMap,
  name: string,
  profile: ReadonlyMap<string, string>,
): { readonly crush: CrushMap } | { readonly refusal: MonAnswer } {
  const made = editOrAnswer(() => madeRule(map.crush, name, profile));
  const refusal = 'crush' in made ? tooNewForClients(map, made.crush) : undefined;
  return refusal === undefined ? made : { refusal };
}

function madeRule(crush: CrushMap, name: string, profile: ReadonlyMap<string, string>): CrushMap {
  const { osdsPerFailureDomain, numFailureDomains, steps, ...place } = parseProfile(profile).rule;
  const rule = { name, ...place, numFailureDomains };
  if (steps !== undefined) {
    const made = addSimpleRule(crush, { ...rule, numFailureDomains: 0, mode: 'indep', type: 'erasure' });
    return withSteps(made, name, steps);
  }
  if (osdsPerFailureDomain <= 1) return addSimpleRule(crush, { ...rule, mode: 'indep', type: 'erasure' });
  if (numFailureDomains < 1) throw new CephError('EINVAL', tooFewDomains(numFailureDomains));
  return addMsrRule(crush, { ...rule, osdsPerFailureDomain, type: 'msr_indep' });
}

function tooFewDomains(count: number): string {
  return `crush-num-failure-domains ${count} must be >= 1 if crush-osds-per-failure-domain specified`;
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
    const made = withErasureRule(monitor.map(), name, profile);
    if ('refusal' in made) return made.refusal;
    return publishCrush(monitor, made.crush, `created rule ${name} at ${ruleIdOf(made.crush, name)}`);
  });
}
