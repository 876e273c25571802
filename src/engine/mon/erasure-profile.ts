import { CephError, strerror } from '../base/errno.ts';
import { typeByName } from '../crush/tree.ts';
import { checkOverride, checkProfile, profileOptionsOf } from '../erasure-code/monitor-profile.ts';
import { parseProfile } from '../erasure-code/profile.ts';
import { type ProfileOptions, profileText } from '../erasure-code/profile-reader.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

/** What a profile has that names no other plugin: `osd_pool_default_erasure_code_profile`. */
const DEFAULTS: ProfileOptions = new Map([
  ['k', '2'],
  ['m', '2'],
  ['plugin', 'isa'],
  ['technique', 'reed_sol_van'],
]);

export interface NewProfile {
  readonly name: string;
  /** `KEY=VALUE` each. */
  readonly words: readonly string[];
  readonly force: boolean;
  readonly sure: boolean;
}

/** The answer to a profile without a plugin, as one that is not there is. */
export function noPlugin(profile: ProfileOptions): MonAnswer {
  return refused(
    'EINVAL',
    "cannot determine the erasure code plugin because there is no 'plugin' entry in the erasure_code_profile " +
      profileText(profile),
  );
}

/**
 * Makes a profile for erasure pools. One that is there with other values stays, unless forced.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd erasure-code-profile set" — exact
 */
export function setErasureProfile(monitor: Monitor, wanted: NewProfile): MonAnswer {
  monitor.received();
  try {
    const options = acceptedOptions(monitor.map(), wanted);
    if (options === null) return done('');
    monitor.publish(
      (next) => ({ ...next, erasureCodeProfiles: sorted(new Map(next.erasureCodeProfiles).set(wanted.name, options)) }),
      `erasure code profile ${wanted.name}`,
    );
    return done('');
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    return { code: error.errno, text: error.context || `(${error.errno}) ${strerror(error.errno)}` };
  }
}

/** What is to be kept of a profile, its plugin's defaults filled in; null where the same is there. Throws what the plugin objects to. */
function acceptedOptions(map: OsdMap, { name, words, force, sure }: NewProfile): ProfileOptions | null {
  const isType = (type: string) => typeByName(map.crush, type) !== undefined;
  const { options } = checkProfile(profileOptionsOf(words, DEFAULTS), isType, force);
  const was = map.erasureCodeProfiles.get(name);
  if (was === undefined) return sorted(options);
  checkOverride(name, was, options, { force, sure });
  return profileText(parseProfile(was).options) === profileText(options) ? null : sorted(options);
}

function sorted<T>(entries: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Removes a profile; one that is not there is no error. EBUSY where a pool uses it.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd erasure-code-profile rm" — exact
 */
export function removeErasureProfile(monitor: Monitor, name: string): MonAnswer {
  monitor.received();
  const { pools, erasureCodeProfiles } = monitor.map();
  const users = [...pools.values()].filter((pool) => pool.erasureCodeProfile === name && pool.type === 'erasure');
  if (users.length > 0) {
    const names = users.sort((a, b) => a.id - b.id).map((pool) => pool.name);
    return refused('EBUSY', `${names.join(' ')} pool(s) are using the erasure code profile '${name}'`);
  }
  if (!erasureCodeProfiles.has(name)) return done(`erasure-code-profile ${name} does not exist`);
  monitor.publish((map) => {
    const rest = [...map.erasureCodeProfiles].filter(([each]) => each !== name);
    return { ...map, erasureCodeProfiles: new Map(rest) };
  }, `erasure code profile ${name} removed`);
  return done('');
}
