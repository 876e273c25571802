import type { RuleTree } from './rule-tree.ts';

/**
 * True where a set is not one that the rule could give: two OSDs in one failure domain, too many buckets, or an OSD
 * outside of what the rule takes.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::verify_upmap — exact
 */
export function breaksRule(tree: RuleTree, size: number, up: readonly number[]): boolean {
  let [root, cursor] = [0, 0];
  let levels = new Map<number, number>();
  for (const step of tree.rule.steps) {
    if (step.op === 'take') root = step.item;
    else if (step.op === 'choose' || step.op === 'chooseleaf') {
      const count = step.num <= 0 ? step.num + size : step.num;
      if (!levels.has(step.type)) levels.set(step.type, count);
      if (step.type === 0) continue;
      const parents = up.map((osd) => tree.parentOfType(osd, step.type)).filter((parent) => parent < 0);
      const domains = new Set(parents).size;
      if (step.op === 'chooseleaf' ? domains < parents.length : domains > count) return true;
    } else if (step.op === 'emit') {
      const osds = root < 0 ? [...levels.values()].reduce((product, count) => product * count, 1) : 0;
      const emitted = up.slice(cursor, cursor + osds);
      if (emitted.some((osd) => !tree.contains(root, osd))) return true;
      cursor += emitted.length;
      [levels, root] = [new Map(), 0];
    }
  }
  return false;
}
