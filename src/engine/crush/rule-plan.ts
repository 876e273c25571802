import type { CompiledMap } from './compiled.ts';
import { type CrushMap, type CrushRule, RULE_TYPE } from './crush-map.ts';
import { applySetting, limitsOf } from './mapper.ts';

/** Kinds of steps; a step is eight words: kind, item or count, type, tries, leaf tries (-1: no leaves), vary r, stable, 0. */
const KIND = { take: 0, firstn: 1, indep: 2, emit: 3 } as const;

/**
 * A rule for results of `size` as the SIMD core takes it: settings worked into the steps that they are for. Undefined
 * for what the core does not do: MSR rules, and retries in the same bucket (tunables before bobtail).
 */
export function rulePlan(map: CrushMap, flat: CompiledMap, rule: CrushRule, size: number): Int32Array | undefined {
  if (rule.type === RULE_TYPE.msr_firstn || rule.type === RULE_TYPE.msr_indep) return undefined;
  const limits = limitsOf(map);
  const words: number[] = [];
  for (const step of rule.steps) {
    if (step.op === 'set') applySetting(limits, step);
    else if (step.op === 'take') {
      if (isKnown(flat, step.item)) words.push(KIND.take, step.item, 0, 0, 0, 0, 0, 0);
    } else if (step.op === 'emit') words.push(KIND.emit, 0, 0, 0, 0, 0, 0, 0);
    else if (step.op === 'choose' || step.op === 'chooseleaf') {
      if (limits.localRetries > 0 || limits.localFallbackRetries > 0) return undefined;
      const { tries, leafTries, varyR, stable } = limits;
      const usual = step.mode === 'firstn' && !map.tunables.chooseleafDescendOnce ? tries : 1;
      const inner = step.op === 'chooseleaf' ? leafTries || usual : -1;
      const numRep = step.num > 0 ? step.num : step.num + size;
      words.push(KIND[step.mode], numRep, step.type, tries, inner, varyR, stable, 0);
    }
  }
  return Int32Array.from(words);
}

function isKnown(flat: CompiledMap, item: number): boolean {
  return item >= 0 ? item < flat.maxDevices : (flat.type[-1 - item] ?? -1) >= 0;
}
