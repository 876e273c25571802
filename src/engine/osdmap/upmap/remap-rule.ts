import type { RuleTree } from './rule-tree.ts';

/** Which OSDs hold too much, and which could hold more, best first. */
export interface Fullness {
  readonly overfull: ReadonlySet<number>;
  readonly underfull: readonly number[];
  readonly moreUnderfull: readonly number[];
}

interface Level {
  readonly type: number;
  readonly fanOut: number;
}

/** State of one walk along the rule: where in the set it is, and what was put in already. */
interface Walk {
  readonly tree: RuleTree;
  readonly fullness: Fullness;
  readonly orig: readonly number[];
  readonly used: Set<number>;
  at: number;
}

/**
 * Another set that the rule could have given, with OSDs that are too full replaced where that can be.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::try_remap_rule — exact
 */
export function remapRule(tree: RuleTree, size: number, fullness: Fullness, orig: readonly number[]): number[] {
  const walk: Walk = { tree, fullness, orig, used: new Set(), at: 0 };
  const out: number[] = [];
  let work: number[] = [];
  let stack: Level[] = [];
  let root = 0;
  const choose = () => {
    work = chooseStack(walk, stack, work, root);
    stack = [];
  };
  for (const step of tree.rule.steps) {
    if (step.op === 'take') {
      work = [step.item];
      root = step.item;
    } else if (step.op === 'choose' || step.op === 'chooseleaf') {
      stack.push({ type: step.type, fanOut: step.num <= 0 ? step.num + size : step.num });
      if (step.op === 'choose') continue;
      if (step.type > 0) stack.push({ type: 0, fanOut: 1 });
      choose();
    } else if (step.op === 'emit') {
      if (stack.length > 0) choose();
      out.push(...work);
      work = [];
    }
  }
  return out;
}

/** @ceph src/crush/CrushWrapper.cc CrushWrapper::_choose_type_stack — exact */
function chooseStack(walk: Walk, stack: readonly Level[], start: readonly number[], root: number): number[] {
  const targets = underfullBuckets(walk, stack, root);
  let work: readonly number[] = start;
  for (const [depth, level] of stack.entries()) {
    if (walk.at >= walk.orig.length) break;
    work = chooseLevel(walk, stack, depth, level, work, targets);
  }
  return [...work];
}

/** By level: the buckets with an OSD that could hold more. */
function underfullBuckets({ tree, fullness }: Walk, stack: readonly Level[], root: number): Set<number>[] {
  const targets = stack.slice(0, -1).map(() => new Set<number>());
  for (const osd of fullness.underfull) {
    let item = osd;
    for (let depth = stack.length - 2; depth >= 0; depth--) {
      item = tree.parentOfType(item, stack[depth]?.type ?? 0);
      if (tree.contains(root, item)) targets[depth]?.add(item);
    }
  }
  return targets.map((set) => new Set([...set].sort((a, b) => a - b)));
}

function chooseLevel(
  walk: Walk,
  stack: readonly Level[],
  depth: number,
  { type, fanOut }: Level,
  work: readonly number[],
  targets: readonly ReadonlySet<number>[],
): number[] {
  const below = stack.slice(depth + 1).reduce((product, level) => product * level.fanOut, 1);
  const out: number[] = [];
  let peek = walk.at;
  for (const from of work) {
    const leaves: (readonly number[])[] = [];
    for (let place = 0; place < fanOut; place++) {
      if (type === 0) {
        out.push(leafAt(walk, from));
        if (walk.at >= walk.orig.length) break;
        continue;
      }
      out.push(walk.tree.parentOfType(walk.orig[peek] ?? 0, type));
      leaves.push(walk.orig.slice(peek, peek + below));
      peek = Math.min(peek + below, walk.orig.length);
    }
    if (depth + 1 < stack.length) replaceHopeless(walk, stack, depth, out, leaves, targets[depth] ?? new Set());
    if (walk.at >= walk.orig.length) break;
  }
  return out;
}

/** The next OSD of the set, or one that could hold more in its stead. */
function leafAt(walk: Walk, from: number): number {
  const { tree, fullness, orig, used } = walk;
  const osd = orig[walk.at++] ?? 0;
  if (!fullness.overfull.has(osd)) return osd;
  const fits = (item: number) => !used.has(item) && tree.contains(from, item) && !orig.includes(item);
  const better = fullness.underfull.find(fits) ?? fullness.moreUnderfull.find(fits);
  if (better === undefined) return osd;
  used.add(better);
  return better;
}

/** Replaces buckets that hold an OSD that is too full and none that could hold more. */
function replaceHopeless(
  { tree, fullness }: Walk,
  stack: readonly Level[],
  depth: number,
  out: number[],
  leaves: readonly (readonly number[])[],
  targets: ReadonlySet<number>,
): void {
  const above = stack[depth - 1]?.type;
  const sameParent = (a: number, b: number) =>
    above === undefined || tree.parentOfType(a, above) === tree.parentOfType(b, above);
  for (const [place, osds] of leaves.entries()) {
    const bucket = out[place] ?? 0;
    if (targets.has(bucket) || !osds.some((osd) => fullness.overfull.has(osd))) continue;
    const better = [...targets].find((each) => !out.includes(each) && sameParent(bucket, each));
    if (better !== undefined) out[place] = better;
  }
}
