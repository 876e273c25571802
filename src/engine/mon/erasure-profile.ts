import { typeByName } from '../crush/tree.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { normalProfile } from './erasure-plugins.ts';
import { done, type MonAnswer, refused } from './mon-answer.ts';
import type { Monitor } from './monitor.ts';

export type ErasureProfile = ReadonlyMap<string, string>;

/** What a profile has that names no other plugin. */
const DEFAULTS: readonly (readonly [string, string])[] = [
  ['k', '2'],
  ['m', '2'],
  ['plugin', 'isa'],
  ['technique', 'reed_sol_van'],
];

export interface NewProfile {
  readonly name: string;
  /** `KEY=VALUE` each. */
  readonly words: readonly string[];
  readonly force: boolean;
  readonly sure: boolean;
}

/** `{k=2,m=1}`. */
export function profileText(profile: ErasureProfile): string {
  return `{${[...profile].map(([key, value]) => `${key}=${value}`).join(',')}}`;
}

/** The answer to a profile without a plugin, as one that is not there is. */
export function noPlugin(profile: ErasureProfile): MonAnswer {
  return refused(
    'EINVAL',
    "cannot determine the erasure code plugin because there is no 'plugin' entry in the erasure_code_profile " +
      profileText(profile),
  );
}

/**
 * Makes a profile for erasure pools. One that is there with other values stays, unless forced.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd erasure-code-profile set" — exact for plugins isa and jerasure
 */
export function setErasureProfile(monitor: Monitor, wanted: NewProfile): MonAnswer {
  monitor.received();
  const { name, words, force, sure } = wanted;
  const map = monitor.map();
  const given = mergedProfile(words);
  const outdated = [...given.keys()].find((key) => key.startsWith('ruleset-'));
  if (outdated !== undefined) {
    const now = outdated.replace('ruleset-', 'crush-');
    return refused('EINVAL', `property '${outdated}' is no longer supported; try '${now}' instead`);
  }
  const wrong = wrongDomain(map, given);
  if (wrong !== undefined) return wrong;
  const profile = normalProfile(given);
  if ('code' in profile) return profile;
  const existing = map.erasureCodeProfiles.get(name);
  if (existing !== undefined) {
    const old = normalProfile(existing);
    if (!('code' in old) && profileText(old) === profileText(profile)) return done('');
    if (!force)
      return refused(
        'EPERM',
        `will not override erasure code profile ${name} because the existing profile ${profileText(existing)} ` +
          `is different from the proposed profile ${profileText(profile)}`,
      );
    if (!sure)
      return refused(
        'EPERM',
        'overriding erasure code profile can be DANGEROUS; add --yes-i-really-mean-it to do it anyway',
      );
  }
  monitor.publish(
    (next) => ({ ...next, erasureCodeProfiles: sorted(new Map(next.erasureCodeProfiles).set(name, profile)) }),
    `erasure code profile ${name}`,
  );
  return done('');
}

function sorted<T>(entries: ReadonlyMap<string, T>): Map<string, T> {
  return new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @ceph src/mon/OSDMonitor.cc parse_erasure_code_profile — exact */
function mergedProfile(words: readonly string[]): Map<string, string> {
  const own = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at < 0) own.set(word, '');
    else own.set(word.slice(0, at), word.slice(at + 1));
  }
  const other = own.has('plugin') && own.get('plugin') !== 'isa';
  return sorted(new Map([...(other ? [] : DEFAULTS), ...own]));
}

function wrongDomain(map: OsdMap, profile: ErasureProfile): MonAnswer | undefined {
  const domain = profile.get('crush-failure-domain');
  if (domain === undefined || typeByName(map.crush, domain) !== undefined) return undefined;
  const text = `erasure-code-profile ${profileText(profile)} contains an invalid failure-domain "${domain}"`;
  return refused('EINVAL', text);
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
