import type { JsonValue } from '../codec/json-value.ts';
import type { CrushRule, CrushStep } from './crush-map.ts';
import { stepOf } from './steps.ts';

const S32 = 0x7fff_ffff;

/** Opcodes by the names that dumps have; other steps they show by number. */
const SETTINGS: Readonly<Record<string, number>> = {
  set_choose_tries: 8,
  set_chooseleaf_tries: 9,
  set_msr_descents: 14,
  set_msr_collision_tries: 15,
};
const CHOICES: Readonly<Record<string, number>> = {
  choose_firstn: 2,
  choose_indep: 3,
  chooseleaf_firstn: 6,
  chooseleaf_indep: 7,
  choosemsr: 16,
};

/** A rule of `ceph osd crush dump`; sizes that rules once had are those that are written today. */
export function readRule(rule: JsonValue, types: ReadonlyMap<number, string>): CrushRule {
  return {
    id: rule.at('rule_id').int(0, 255),
    name: rule.maybe('rule_name')?.text() ?? '',
    type: rule.at('type').int(0, 255),
    minSize: rule.maybe('min_size')?.int(0, 255) ?? 1,
    maxSize: rule.maybe('max_size')?.int(0, 255) ?? 100,
    steps: rule
      .at('steps')
      .list()
      .map((step) => readStep(step, types)),
  };
}

function readStep(step: JsonValue, types: ReadonlyMap<number, string>): CrushStep {
  const code = step.maybe('opcode')?.int(0, 0xffff_ffff);
  if (code !== undefined) return stepOf({ code, arg1: signed(step.at('arg1')), arg2: signed(step.at('arg2')) });
  const op = step.at('op').text();
  if (op === 'noop') return { op: 'noop' };
  if (op === 'emit') return { op: 'emit' };
  if (op === 'take') return { op: 'take', item: signed(step.at('item')) };
  const setting = SETTINGS[op];
  if (setting !== undefined) return stepOf({ code: setting, arg1: signed(step.at('num')), arg2: 0 });
  const choice = CHOICES[op];
  if (choice === undefined) return step.at('op').refuse(`step '${op}', which no release has`);
  return stepOf({ code: choice, arg1: signed(step.at('num')), arg2: typeOf(step.at('type'), types) });
}

function signed(value: JsonValue): number {
  return value.int(-S32 - 1, S32);
}

function typeOf(value: JsonValue, types: ReadonlyMap<number, string>): number {
  const name = value.text();
  for (const [id, each] of types) if (each === name) return id;
  return value.refuse(`type '${name}', which is not among the types`);
}
