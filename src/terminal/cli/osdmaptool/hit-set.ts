import type { PoolExtra } from '../../../engine/osdmap/extra.ts';
import { bloomOf, hitSetKind } from '../../../engine/osdmap/hit-set-params.ts';
import { generalText } from '../format/fixed-text.ts';
import type { PlainObject } from '../format/tree.ts';

/** What a pool's line tells of its hit sets. */
export function hitSetText(extra: PoolExtra): string[] {
  const kind = hitSetKind(extra.hitSet);
  if (kind === 'none') return [];
  const bloom = bloomOf(extra.hitSet);
  const inner =
    bloom === undefined
      ? ''
      : `false_positive_probability: ${generalText(bloom.probability, 6)}, target_size: ${bloom.targetSize}, seed: ${bloom.seed}`;
  const rest = `decay_rate ${extra.hitSetGradeDecayRate} search_last_n ${extra.hitSetSearchLastN}`;
  return [`hit_set ${kind}{${inner}} ${extra.hitSetPeriod_s}s x${extra.hitSetCount} ${rest}`];
}

export function hitSetObject(extra: PoolExtra): PlainObject {
  const bloom = bloomOf(extra.hitSet);
  return {
    type: hitSetKind(extra.hitSet),
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
