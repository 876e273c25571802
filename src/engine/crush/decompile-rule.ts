import { CephError } from '../base/errno.ts';
import { type CrushMap, type CrushRule, type CrushStep, RULE_TYPE } from './crush-map.ts';
import { itemText, typeText } from './decompile-bucket.ts';

export function ruleLines(map: CrushMap, rule: CrushRule): string[] {
  const type = Object.entries(RULE_TYPE).find(([, value]) => value === rule.type)?.[0] ?? String(rule.type);
  const steps = rule.steps.flatMap((step) => stepText(map, step)).map((text) => `\tstep ${text}`);
  return [`rule ${rule.name} {`, `\tid ${rule.id}`, `\ttype ${type}`, ...steps, '}'];
}

/** A step as text; none for a step of a later release. */
function stepText(map: CrushMap, step: CrushStep): string[] {
  switch (step.op) {
    case 'take':
      return [`take ${takenText(map, step.item)}`];
    case 'set':
      return [`set_${step.what} ${step.value}`];
    case 'choose':
    case 'chooseleaf':
      return [`${step.op} ${step.mode} ${step.num} type ${typeText(map, step.type)}`];
    case 'choosemsr':
      return [`choosemsr ${step.num} type ${typeText(map, step.type)}`];
    case 'unknown':
      return [];
    default:
      return [step.op];
  }
}

/** What a rule takes: of a shadow tree the bucket itself and the class. */
function takenText(map: CrushMap, item: number): string {
  const taken = splitShadow(map, item);
  return taken.classId === undefined
    ? itemText(map, item)
    : `${itemText(map, taken.id)} class ${map.classNames.get(taken.classId)}`;
}

/**
 * The bucket that a shadow bucket stands for, and its class; any other item is itself. EINVAL where there is no such
 * item, ENOENT where bucket or class are gone.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::split_id_class — exact
 */
export function splitShadow(
  map: Pick<CrushMap, 'names' | 'classNames'>,
  item: number,
): { readonly id: number; readonly classId?: number } {
  const name = map.names.get(item);
  if (name === undefined) throw new CephError('EINVAL', `item ${item}`);
  const tilde = name.indexOf('~');
  if (tilde < 0) return { id: item };
  const id = keyOf(map.names, name.slice(0, tilde));
  const classId = keyOf(map.classNames, name.slice(tilde + 1));
  if (id === undefined || classId === undefined) throw new CephError('ENOENT', `item ${item}`);
  return { id, classId };
}

function keyOf(map: ReadonlyMap<number, string>, value: string): number | undefined {
  let key: number | undefined;
  for (const [each, name] of map) if (name === value && (key === undefined || each > key)) key = each;
  return key;
}
