import type { CrushTunables } from '../../crush/crush-map.ts';
import { OPTIMAL_TUNABLES, TUNABLES } from '../../crush/tunables.ts';
import { type MonAnswer, refused } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, publishCrush, tooNewForClients } from './publish-crush.ts';

/** Profiles by the names that the command has. */
const PROFILES: ReadonlyMap<string, CrushTunables> = new Map([
  ['legacy', TUNABLES.argonaut],
  ['argonaut', TUNABLES.argonaut],
  ['bobtail', TUNABLES.bobtail],
  ['firefly', TUNABLES.firefly],
  ['hammer', TUNABLES.hammer],
  ['jewel', TUNABLES.jewel],
  ['optimal', OPTIMAL_TUNABLES],
  ['default', OPTIMAL_TUNABLES],
]);

export const TUNABLES_PROFILES = [...PROFILES.keys()];

/**
 * Takes the tunables of a release. `legacy`, `optimal` and `default` set the straw calculation, too.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush tunables" — exact
 */
export function setTunablesProfile(monitor: Monitor, name: string): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const profile = PROFILES.get(name);
    if (profile === undefined) return refused('EINVAL', `unrecognized profile '${name}'`);
    const { strawCalcVersion } = STRAW_TOO.includes(name) ? profile : crush.tunables;
    const changed = { ...crush, tunables: { ...profile, strawCalcVersion } };
    const answer = `adjusted tunables profile to ${name}`;
    return tooNewForClients(monitor.map(), changed) ?? publishCrush(monitor, changed, answer);
  });
}

const STRAW_TOO = ['legacy', 'argonaut', 'optimal', 'default'];

/** The one tunable that the command sets. @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush set-tunable" */
export function setStrawCalcVersion(monitor: Monitor, value: number): MonAnswer {
  return crushCommand(monitor, (crush) => {
    if (value !== 0 && value !== 1) return refused('EINVAL', `value must be 0 or 1; got ${value}`);
    const tunables = { ...crush.tunables, strawCalcVersion: value };
    return publishCrush(monitor, { ...crush, tunables }, `adjusted tunable straw_calc_version to ${value}`);
  });
}
