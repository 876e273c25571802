import type { CrushSetting, CrushStep, CrushStepBody } from './crush-map.ts';

/** Numbers of rule steps in Ceph's encoding. */
const [NOOP, TAKE, EMIT, CHOOSE_MSR] = [0, 1, 4, 16] as const;

const SETTINGS: Readonly<Record<CrushSetting, number>> = {
  choose_tries: 8,
  chooseleaf_tries: 9,
  choose_local_tries: 10,
  choose_local_fallback_tries: 11,
  chooseleaf_vary_r: 12,
  chooseleaf_stable: 13,
  msr_descents: 14,
  msr_collision_tries: 15,
};

const CHOOSE = { choose: { firstn: 2, indep: 3 }, chooseleaf: { firstn: 6, indep: 7 } } as const;

/** A step as three numbers, as the encoding and `ceph osd crush dump` have it. */
export interface RawStep {
  readonly code: number;
  readonly arg1: number;
  readonly arg2: number;
}

/** A step out of its numbers. Nothing is lost: {@link rawStep} gives the same numbers back. */
export function stepOf({ code, arg1, arg2 }: RawStep): CrushStep {
  const body = bodyOf(code, arg1, arg2);
  const usual = rawBody(body);
  if (usual.arg1 === arg1 && usual.arg2 === arg2) return body;
  return { ...body, spare: [arg1, arg2] };
}

function bodyOf(code: number, arg1: number, arg2: number): CrushStepBody {
  if (code === NOOP) return { op: 'noop' };
  if (code === TAKE) return { op: 'take', item: arg1 };
  if (code === EMIT) return { op: 'emit' };
  if (code === CHOOSE_MSR) return { op: 'choosemsr', num: arg1, type: arg2 };
  for (const op of ['choose', 'chooseleaf'] as const) {
    for (const mode of ['firstn', 'indep'] as const) {
      if (CHOOSE[op][mode] === code) return { op, mode, num: arg1, type: arg2 };
    }
  }
  return settingOf(code, arg1) ?? { op: 'unknown', code, arg1, arg2 };
}

function settingOf(code: number, value: number): CrushStepBody | undefined {
  for (const [what, each] of Object.entries(SETTINGS)) {
    // The keys of SETTINGS are all settings.
    if (each === code) return { op: 'set', what: what as CrushSetting, value };
  }
  return undefined;
}

export function rawStep(step: CrushStep): RawStep {
  const raw = rawBody(step);
  return step.spare === undefined ? raw : { ...raw, arg1: step.spare[0], arg2: step.spare[1] };
}

function rawBody(step: CrushStepBody): RawStep {
  switch (step.op) {
    case 'noop':
      return { code: NOOP, arg1: 0, arg2: 0 };
    case 'take':
      return { code: TAKE, arg1: step.item, arg2: 0 };
    case 'emit':
      return { code: EMIT, arg1: 0, arg2: 0 };
    case 'choosemsr':
      return { code: CHOOSE_MSR, arg1: step.num, arg2: step.type };
    case 'set':
      return { code: SETTINGS[step.what], arg1: step.value, arg2: 0 };
    case 'unknown':
      return step;
    default:
      return { code: CHOOSE[step.op][step.mode], arg1: step.num, arg2: step.type };
  }
}
