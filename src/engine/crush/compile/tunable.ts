import type { CrushTunables } from '../crush-map.ts';
import { type Compilation, fail, intOf } from './compilation.ts';
import type { Tunable } from './statements.ts';

/** Names of tunables in text, and how many bits they have; 1 for a switch. */
const TUNABLE_NAMES: Readonly<Record<string, readonly [key: keyof CrushTunables, bits: 1 | 8 | 32]>> = {
  choose_local_tries: ['chooseLocalTries', 32],
  choose_local_fallback_tries: ['chooseLocalFallbackTries', 32],
  choose_total_tries: ['chooseTotalTries', 32],
  chooseleaf_descend_once: ['chooseleafDescendOnce', 1],
  chooseleaf_vary_r: ['chooseleafVaryR', 8],
  chooseleaf_stable: ['chooseleafStable', 8],
  straw_calc_version: ['strawCalcVersion', 8],
  allowed_bucket_algs: ['allowedBucketAlgs', 32],
  msr_descents: ['msrDescents', 32],
  msr_collision_tries: ['msrCollisionTries', 32],
};

export function compileTunable({ draft }: Compilation, { name, value }: Tunable): void {
  const known = Object.hasOwn(TUNABLE_NAMES, name) ? TUNABLE_NAMES[name] : undefined;
  if (known === undefined) fail(`tunable ${name} not recognized\n`);
  const [key, bits] = known;
  draft.tunables = { ...draft.tunables, [key]: fitTunable(intOf(value), bits) };
}

function fitTunable(value: number, bits: 1 | 8 | 32): number {
  if (bits === 1) return value === 0 ? 0 : 1;
  return bits === 8 ? value & 0xff : value >>> 0;
}
