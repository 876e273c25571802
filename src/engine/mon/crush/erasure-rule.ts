import type { CrushMap } from '../../crush/crush-map.ts';
import { addSimpleRule, ruleIdOf } from '../../crush/edit/rules.ts';
import { noPlugin } from '../erasure-profile.ts';
import { done, type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, editOrAnswer, publishCrush } from './publish-crush.ts';

/**
 * The CRUSH map with a rule for pools of a profile, or why there can be none.
 *
 * @ceph src/erasure-code/ErasureCode.cc ErasureCode::create_rule — but for several OSDs to a failure domain, which MSR rules serve
 */
export function withErasureRule(
  crush: CrushMap,
  name: string,
  profile: ReadonlyMap<string, string>,
): { readonly crush: CrushMap } | { readonly refusal: MonAnswer } {
  if (Number(profile.get('crush-osds-per-failure-domain') ?? 0) > 1)
    return {
      refusal: refused(
        'EOPNOTSUPP',
        'rules with several OSDs to a failure domain are not available in this sandbox yet',
      ),
    };
  return editOrAnswer(() =>
    addSimpleRule(crush, {
      name,
      root: profile.get('crush-root') ?? 'default',
      failureDomain: profile.get('crush-failure-domain') ?? 'host',
      deviceClass: profile.get('crush-device-class') ?? '',
      mode: 'indep',
      type: 'erasure',
    }),
  );
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
