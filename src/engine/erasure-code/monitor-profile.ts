import { CephError } from '../base/errno.ts';
import { type ErasureProfile, parseProfile } from './profile.ts';
import { type ProfileOptions, profileText } from './profile-reader.ts';
import { parseStripeUnit } from './stripe-unit.ts';

/** Options that were once called ruleset-… */
const LEGACY = ['ruleset-root', 'ruleset-failure-domain', 'ruleset-device-class'];

/**
 * The options of `ceph osd erasure-code-profile set NAME k=4 m=2 …`, with those of the cluster's default profile where the
 * plugin is the same or not named. A word without `=` is an option without a value. Throws EINVAL.
 *
 * @ceph src/mon/OSDMonitor.cc parse_erasure_code_profile
 */
export function profileOptionsOf(words: readonly string[], byDefault: ProfileOptions): Map<string, string> {
  const own = new Map(words.map((word) => optionOf(word)));
  for (const name of LEGACY)
    if (own.has(name))
      throw new CephError(
        'EINVAL',
        `property '${name}' is no longer supported; try '${name.replace('ruleset', 'crush')}' instead`,
      );
  const plugin = own.get('plugin');
  return plugin !== undefined && plugin !== byDefault.get('plugin') ? own : new Map([...byDefault, ...own]);
}

function optionOf(word: string): [string, string] {
  const equals = word.indexOf('=');
  return equals < 0 ? [word, ''] : [word.slice(0, equals), word.slice(equals + 1)];
}

/**
 * Checks options as the monitor does before it keeps them, and gives them as it keeps them (`options` of the answer).
 * `isType` says whether the CRUSH map has such a bucket type; `force` is the command's --force. Throws what `ceph` prints after `Error ENAME: `; an empty
 * context stands for the errno's own text.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl, "osd erasure-code-profile set"; normalize_profile
 */
export function checkProfile(
  options: ProfileOptions,
  isType: (name: string) => boolean,
  force = false,
): ErasureProfile {
  const domain = options.get('crush-failure-domain');
  if (domain !== undefined && !isType(domain))
    throw new CephError(
      'EINVAL',
      `erasure-code-profile ${profileText(options)} contains an invalid failure-domain "${domain}"`,
    );
  const profile = parseProfile(options);
  const unit = options.get('stripe_unit');
  if (unit !== undefined) checkStripeUnit(profile, parseStripeUnit(unit), force);
  return profile;
}

const BEST_UNIT_BYTES = 4096;

function checkStripeUnit({ codec }: ErasureProfile, unit_bytes: number, force: boolean): void {
  const chunk_bytes = codec.chunkSize(unit_bytes * codec.k);
  if (chunk_bytes !== unit_bytes)
    throw new CephError(
      'EINVAL',
      `stripe_unit ${unit_bytes} does not match ec profile alignment. Would be padded to ${chunk_bytes}`,
    );
  if (unit_bytes % BEST_UNIT_BYTES !== 0 && !force)
    throw new CephError(
      'EINVAL',
      `stripe_unit should be a multiple of ${BEST_UNIT_BYTES} bytes for best performance.use --force to override this check`,
    );
}

/** What the command says to a name that is taken. */
export interface Override {
  readonly force: boolean;
  /** --yes-i-really-mean-it */
  readonly sure: boolean;
}

/**
 * Whether a checked profile may take the place of another of its name; the same one, defaults filled in, always may.
 * Throws EPERM.
 *
 * @ceph src/mon/OSDMonitor.cc "osd erasure-code-profile set"
 */
export function checkOverride(name: string, was: ProfileOptions, proposed: ProfileOptions, override: Override): void {
  if (profileText(parseProfile(was).options) === profileText(proposed)) return;
  if (!override.force)
    throw new CephError(
      'EPERM',
      `will not override erasure code profile ${name} because the existing profile ${profileText(was)}` +
        ` is different from the proposed profile ${profileText(proposed)}`,
    );
  if (!override.sure)
    throw new CephError(
      'EPERM',
      'overriding erasure code profile can be DANGEROUS; add --yes-i-really-mean-it to do it anyway',
    );
}
