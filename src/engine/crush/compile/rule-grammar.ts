import { className } from './grammar.ts';
import type { Scanner } from './scanner.ts';
import { type RuleStatement, SETTING_NAMES, type StepStatement } from './statements.ts';

const TYPES = ['replicated', 'erasure', 'msr_firstn', 'msr_indep'] as const;

export function parseRule(scan: Scanner): RuleStatement | undefined {
  if (!scan.literal('rule')) return undefined;
  const name = scan.name() ?? '';
  if (!scan.literal('{') || !(scan.literal('id') ?? scan.literal('ruleset'))) return undefined;
  const id = scan.posint();
  const type = id && scan.literal('type') && TYPES.find((each) => scan.literal(each));
  if (!id || !type) return undefined;
  const ignored = ['min_size', 'max_size'].filter((word) => scan.attempt(() => scan.literal(word) && scan.posint()));
  const steps = scan.many(() => (scan.literal('step') ? parseStep(scan) : undefined));
  return steps.length > 0 && scan.literal('}') ? { kind: 'rule', name, id, type, ignored, steps } : undefined;
}

function parseStep(scan: Scanner): StepStatement | undefined {
  const taken = scan.attempt(() => scan.literal('take') && scan.name());
  if (taken) return { op: 'take', name: taken, className: className(scan) };
  for (const what of SETTING_NAMES) {
    const value = scan.attempt(() => scan.literal(`set_${what}`) && scan.posint());
    if (value) return { op: 'set', what, value };
  }
  return (
    scan.attempt(() => choose(scan, 'choose')) ??
    scan.attempt(() => choose(scan, 'chooseleaf')) ??
    scan.attempt(() => chooseMsr(scan)) ??
    (scan.literal('emit') && { op: 'emit' })
  );
}

function choose(scan: Scanner, op: 'choose' | 'chooseleaf'): StepStatement | undefined {
  if (!scan.literal(op)) return undefined;
  const mode = (['indep', 'firstn'] as const).find((each) => scan.literal(each));
  const num = mode && scan.integer();
  const typeName = num && scan.literal('type') && scan.name();
  return mode && num && typeName ? { op, mode, num, typeName } : undefined;
}

function chooseMsr(scan: Scanner): StepStatement | undefined {
  const num = scan.literal('choosemsr') && scan.integer();
  const typeName = num && scan.literal('type') && scan.name();
  return num && typeName ? { op: 'choosemsr', num, typeName } : undefined;
}
