import { Decoder } from '../../../engine/codec/denc.ts';
import type { PoolExtra } from '../../../engine/osdmap/extra.ts';
import { generalText } from '../format/fixed-text.ts';
import type { PlainObject } from '../format/tree.ts';

const MODES = ['none', 'writeback', 'forward', 'readonly', 'readforward', 'readproxy', 'proxy'];
const KINDS = ['none', 'explicit_hash', 'explicit_object', 'bloom'];
const BLOOM = 3;

export function cacheModeName(mode: number): string {
  return MODES[mode] ?? 'unknown';
}

interface Bloom {
  readonly probability: number;
  readonly targetSize: number;
  readonly seed: number;
}

/** @ceph src/osd/HitSet.h BloomHitSet::Params::decode — exact */
function bloomOf(hitSet: Uint8Array): Bloom | undefined {
  if (hitSet[0] !== BLOOM) return undefined;
  return new Decoder(hitSet.subarray(1)).struct(1, (d) => ({
    probability: d.u32() / 1e6,
    targetSize: d.u64(),
    seed: d.u64(),
  }));
}

/** What a pool's line tells of its hit sets. */
export function hitSetText(extra: PoolExtra): string[] {
  const kind = extra.hitSet[0] ?? 0;
  if (kind === 0) return [];
  const bloom = bloomOf(extra.hitSet);
  const inner =
    bloom === undefined
      ? ''
      : `false_positive_probability: ${generalText(bloom.probability, 6)}, target_size: ${bloom.targetSize}, seed: ${bloom.seed}`;
  const rest = `decay_rate ${extra.hitSetGradeDecayRate} search_last_n ${extra.hitSetSearchLastN}`;
  return [`hit_set ${KINDS[kind] ?? '???'}{${inner}} ${extra.hitSetPeriod_s}s x${extra.hitSetCount} ${rest}`];
}

export function hitSetObject(extra: PoolExtra): PlainObject {
  const bloom = bloomOf(extra.hitSet);
  return {
    type: KINDS[extra.hitSet[0] ?? 0] ?? '???',
    false_positive_probability: bloom?.probability,
    target_size: bloom?.targetSize,
    seed: bloom?.seed,
  };
}

/** How much a hit in each older set counts, in millionths. @ceph src/osd/osd_types.h pg_pool_t::calc_grade_table — exact */
export function gradeTable(extra: PoolExtra): number[] {
  const out: number[] = [];
  let grade = 1e6;
  for (let at = 0; at < extra.hitSetCount; at++) {
    grade = Math.trunc(grade * (1 - extra.hitSetGradeDecayRate / 100));
    out.push(grade);
  }
  return out;
}
