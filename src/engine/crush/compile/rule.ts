import { type CrushStep, RULE_TYPE } from '../crush-map.ts';
import { knownClassId } from '../edit/class-ids.ts';
import { type Compilation, fail, intOf } from './compilation.ts';
import type { RuleStatement, StepStatement } from './statements.ts';

/** Rule ids are kept in one byte. */
const MAX_RULES = 256;

/** @ceph src/crush/CrushCompiler.cc CrushCompiler::parse_rule — exact, but for rule ids above 255 */
export function compileRule(compilation: Compilation, rule: RuleStatement): void {
  const { draft, ruleIds, messages } = compilation;
  const { name } = rule;
  if (name !== '' && ruleIds.has(name)) fail(`rule name '${name}' already defined\n\n`);
  for (const word of rule.ignored) messages.push(`WARNING: ${word} is no longer supported, ignoring\n`);
  const id = intOf(rule.id);
  if (draft.rules.has(id)) fail(`rule ${id} already exists\n`);
  if (id < 0 || id >= MAX_RULES) fail(`unable to add rule id ${id} for rule '${name}'\n`);
  if (name !== '') ruleIds.set(name, id);
  const steps = rule.steps.map((step) => compileStep(compilation, name, step));
  draft.maxRules = Math.max(draft.maxRules, id + 1);
  draft.rules.set(id, { id, name, type: RULE_TYPE[rule.type], minSize: 1, maxSize: 100, steps });
}

function compileStep(compilation: Compilation, ruleName: string, step: StepStatement): CrushStep {
  switch (step.op) {
    case 'take':
      return { op: 'take', item: takenItem(compilation, ruleName, step.name, step.className) };
    case 'set':
      return { op: 'set', what: step.what, value: intOf(step.value) };
    case 'emit':
      return step;
    default: {
      const type = compilation.typeIds.get(step.typeName);
      if (type === undefined) fail(`in rule '${ruleName}' type '${step.typeName}' not defined\n`);
      const num = intOf(step.num);
      return step.op === 'choosemsr' ? { op: step.op, num, type } : { op: step.op, mode: step.mode, num, type };
    }
  }
}

/** What a step takes: with a class the shadow bucket. A class that nobody has is an error without a word. */
function takenItem(
  { draft, itemIds }: Compilation,
  ruleName: string,
  name: string,
  className: string | undefined,
): number {
  const id = itemIds.get(name);
  if (id === undefined) fail(`in rule '${ruleName}' item '${name}' not defined\n`);
  if (className === undefined) return id;
  const classId = knownClassId(draft, className);
  if (classId === undefined) fail('');
  const byClass = draft.classBuckets.get(id);
  if (byClass === undefined) fail(`in rule '${ruleName}' step take ${name} has no class information\n`);
  const shadow = byClass.get(classId);
  if (shadow !== undefined) return shadow;
  return fail(`in rule '${ruleName}' step take ${name} no matching bucket for class ${className}\n`);
}
