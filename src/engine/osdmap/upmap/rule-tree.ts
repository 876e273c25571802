import type { CrushMap, CrushRule } from '../../crush/crush-map.ts';

/** The part of a CRUSH map that a rule places in, with quick answers on what stands where. */
export class RuleTree {
  readonly rule: CrushRule;
  readonly #crush: CrushMap;
  readonly #parents = new Map<number, number[]>();
  /** By type, then by item: the bucket of that type above it. */
  readonly #above = new Map<number, Map<number, number>>();

  constructor(crush: CrushMap, rule: CrushRule) {
    this.#crush = crush;
    this.rule = rule;
    for (const { id, items } of crush.buckets.values()) {
      for (const item of items) {
        const parents = this.#parents.get(item);
        if (parents === undefined) this.#parents.set(item, [id]);
        else parents.push(id);
      }
    }
  }

  /** @ceph src/crush/CrushWrapper.cc CrushWrapper::subtree_contains — exact */
  contains(root: number, item: number): boolean {
    return root === item || (this.#parents.get(item) ?? []).some((parent) => this.contains(root, parent));
  }

  /** The bucket of a type that holds an item and that the rule comes to; 0 where there is none. */
  parentOfType(item: number, type: number): number {
    let above = this.#above.get(type);
    if (above === undefined) this.#above.set(type, (above = this.#bucketsOfType(type)));
    return above.get(item) ?? 0;
  }

  /** @ceph src/crush/CrushWrapper.cc CrushWrapper::get_parent_of_type — exact, for all items at once */
  #bucketsOfType(type: number): Map<number, number> {
    const above = new Map<number, number>();
    const note = (bucket: number, item: number) => {
      if (!above.has(item)) above.set(item, bucket);
      for (const child of this.#crush.buckets.get(item)?.items ?? []) note(bucket, child);
    };
    for (const root of this.takes()) for (const bucket of this.#childrenOfType(root, type)) note(bucket, bucket);
    return above;
  }

  /** What the rule takes, lowest id first. */
  takes(): number[] {
    const items = this.rule.steps.flatMap((step) => (step.op === 'take' ? [step.item] : []));
    return [...new Set(items)].sort((a, b) => a - b);
  }

  #childrenOfType(id: number, type: number): number[] {
    if (id >= 0) return type === 0 ? [id] : [];
    const bucket = this.#crush.buckets.get(id);
    if (bucket === undefined || bucket.type < type) return [];
    if (bucket.type === type) return [id];
    return bucket.items.flatMap((item) => this.#childrenOfType(item, type));
  }
}
