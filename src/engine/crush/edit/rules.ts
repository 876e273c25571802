import { CephError } from '../../base/errno.ts';
import { type CrushMap, type CrushStep, RULE_TYPE } from '../crush-map.ts';
import { maxRulesOf } from '../places.ts';
import { idOfName, typeByName } from '../tree.ts';
import { edited } from './draft.ts';
import { rebuildShadowTrees } from './shadows.ts';

const MAX_RULES = 256;

/** A rule that takes a tree and spreads over buckets of one type. */
interface SpreadRule {
  readonly name: string;
  readonly root: string;
  /** Type over whose buckets to spread; empty for devices. */
  readonly failureDomain: string;
  /** Only devices of this class; empty for all. */
  readonly deviceClass: string;
}

/** One device of each bucket. */
export interface SimpleRule extends SpreadRule {
  readonly mode: string;
  readonly type: keyof typeof RULE_TYPE;
  /** Buckets to choose; as many as copies are wanted where it is 0 or left out. */
  readonly numFailureDomains?: number;
}

/** Several devices of each bucket. */
export interface MsrRule extends SpreadRule {
  readonly type: 'msr_firstn' | 'msr_indep';
  readonly numFailureDomains: number;
  readonly osdsPerFailureDomain: number;
}

/**
 * Adds a rule with the first free id. The error's context says what is wrong, in the words that tools print.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::add_simple_rule_at — exact
 */
export function addSimpleRule(map: CrushMap, rule: SimpleRule): CrushMap {
  const { taken, type } = placeOf(map, rule);
  const { mode, numFailureDomains = 0 } = rule;
  if (mode !== 'firstn' && mode !== 'indep') throw new CephError('EINVAL', `unknown mode ${mode}`);
  return withRule(map, rule.name, rule.type, simpleSteps(taken, mode, Math.max(0, numFailureDomains), type));
}

/**
 * Adds a rule with the first free id that takes several devices of each bucket of a type. Errors as of
 * {@link addSimpleRule}.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::add_multi_osd_per_failure_domain_rule_at — exact
 */
export function addMsrRule(map: CrushMap, rule: MsrRule): CrushMap {
  const { taken, type } = placeOf(map, rule);
  return withRule(map, rule.name, rule.type, [
    { op: 'take', item: taken },
    { op: 'choosemsr', num: rule.numFailureDomains, type },
    { op: 'choosemsr', num: rule.osdsPerFailureDomain, type: 0 },
    { op: 'emit' },
  ]);
}

/** What a rule takes, and over which type it spreads. */
function placeOf(map: CrushMap, rule: SpreadRule): { readonly taken: number; readonly type: number } {
  if (ruleIdOf(map, rule.name) !== undefined) throw new CephError('EEXIST', `rule ${rule.name} exists`);
  const root = rootOf(map, rule);
  const type = rule.failureDomain === '' ? 0 : typeByName(map, rule.failureDomain);
  if (type === undefined) throw new CephError('EINVAL', `unknown type ${rule.failureDomain}`);
  return { taken: rule.deviceClass === '' ? root : shadowOf(map, root, rule), type };
}

function withRule(map: CrushMap, name: string, type: keyof typeof RULE_TYPE, steps: readonly CrushStep[]): CrushMap {
  let id = 0;
  while (map.rules.has(id)) id++;
  if (id >= MAX_RULES) throw new CephError('ENOSPC', `failed to add rule ${id}`);
  const made = { id, name, type: RULE_TYPE[type], minSize: 1, maxSize: 100, steps };
  return { ...map, rules: new Map([...map.rules, [id, made] as const].sort(([a], [b]) => a - b)) };
}

function rootOf(map: CrushMap, { root }: SpreadRule): number {
  const id = idOfName(map, root);
  if (id === undefined) throw new CephError('ENOENT', `root item ${root} does not exist`);
  return id;
}

function shadowOf(map: CrushMap, root: number, rule: SpreadRule): number {
  const classId = [...map.classNames].find(([, name]) => name === rule.deviceClass)?.[0];
  if (classId === undefined) throw new CephError('EINVAL', `device class ${rule.deviceClass} does not exist`);
  const shadow = map.classBuckets.get(root)?.get(classId);
  if (shadow !== undefined) return shadow;
  throw new CephError('EINVAL', `root ${rule.root} has no devices with class ${rule.deviceClass}`);
}

function simpleSteps(item: number, mode: 'firstn' | 'indep', num: number, type: number): CrushStep[] {
  const tries: CrushStep[] = [
    { op: 'set', what: 'chooseleaf_tries', value: 5 },
    { op: 'set', what: 'choose_tries', value: 100 },
  ];
  return [
    ...(mode === 'indep' ? tries : []),
    { op: 'take', item },
    { op: type === 0 ? 'choose' : 'chooseleaf', mode, num, type },
    { op: 'emit' },
  ];
}

/** The id of a rule by its name; undefined where there is none. */
export function ruleIdOf(map: CrushMap, name: string): number | undefined {
  for (const rule of map.rules.values()) if (rule.name === name && name !== '') return rule.id;
  return undefined;
}

/**
 * Removes a rule. ENOENT where there is none.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::remove_rule — exact
 */
export function removeRule(map: CrushMap, id: number): CrushMap {
  if (!map.rules.has(id)) throw new CephError('ENOENT', `rule ${id}`);
  return edited(map, (draft) => {
    draft.maxRules = maxRulesOf(map);
    draft.rules.delete(id);
    rebuildShadowTrees(draft);
  });
}

/**
 * Renames a rule. ENOENT, EEXIST.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::rename_rule — exact
 */
export function renameRule(map: CrushMap, from: string, to: string): CrushMap {
  const id = ruleIdOf(map, from);
  const rule = id === undefined ? undefined : map.rules.get(id);
  if (rule === undefined) throw new CephError('ENOENT', `source rule name '${from}' does not exist`);
  if (ruleIdOf(map, to) !== undefined) {
    throw new CephError('EEXIST', `destination rule name '${to}' already exists`);
  }
  return { ...map, rules: new Map(map.rules).set(rule.id, { ...rule, name: to }) };
}
