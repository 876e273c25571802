import { ALG } from './compiled.ts';
import type { CrushTunables } from './crush-map.ts';

/** Bucket kinds that a map may use, as bits: those of the first releases, and those since hammer. */
const OLD_ALGS = (1 << ALG.uniform) | (1 << ALG.list) | (1 << ALG.straw);
const ALGS = OLD_ALGS | (1 << ALG.straw2);

/** What a map means that was encoded before there were tunables: `set_tunables_legacy`. */
export const LEGACY_TUNABLES: CrushTunables = {
  chooseLocalTries: 2,
  chooseLocalFallbackTries: 5,
  chooseTotalTries: 19,
  chooseleafDescendOnce: 0,
  chooseleafVaryR: 0,
  chooseleafStable: 0,
  strawCalcVersion: 0,
  allowedBucketAlgs: OLD_ALGS,
  msrDescents: 100,
  msrCollisionTries: 100,
};

/** @ceph src/crush/CrushWrapper.h set_tunables_optimal — exact, which is also `default` */
export const OPTIMAL_TUNABLES: CrushTunables = {
  chooseLocalTries: 0,
  chooseLocalFallbackTries: 0,
  chooseTotalTries: 50,
  chooseleafDescendOnce: 1,
  chooseleafVaryR: 1,
  chooseleafStable: 1,
  strawCalcVersion: 1,
  allowedBucketAlgs: ALGS,
  msrDescents: 100,
  msrCollisionTries: 100,
};

export type TunablesProfile = 'argonaut' | 'bobtail' | 'firefly' | 'hammer' | 'jewel';

const FIREFLY: CrushTunables = { ...OPTIMAL_TUNABLES, chooseleafStable: 0, allowedBucketAlgs: OLD_ALGS };

/** Profiles by release. The straw calculation version is not part of a profile. */
export const TUNABLES: Readonly<Record<TunablesProfile, CrushTunables>> = {
  jewel: OPTIMAL_TUNABLES,
  hammer: { ...FIREFLY, allowedBucketAlgs: ALGS },
  firefly: FIREFLY,
  bobtail: { ...FIREFLY, chooseleafVaryR: 0 },
  argonaut: LEGACY_TUNABLES,
};

/** The profile that tunables are those of; undefined where they are nobody's. */
export function profileOf(tunables: CrushTunables): TunablesProfile | undefined {
  for (const [name, profile] of Object.entries(TUNABLES)) {
    const same = { ...tunables, strawCalcVersion: profile.strawCalcVersion };
    // The keys of TUNABLES are all profiles; those of tunables are all names of numbers.
    if (Object.keys(profile).every((key) => same[key as keyof CrushTunables] === profile[key as keyof CrushTunables]))
      return name as TunablesProfile;
  }
  return undefined;
}
