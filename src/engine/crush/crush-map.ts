/**
 * The CRUSH map as a value: buckets by their negative id, rules, tunables, and the names that the text form shows.
 * Weights are 16.16 fixed point (0x10000 is 1.0), as Ceph keeps them.
 */
export interface CrushMap {
  readonly tunables: CrushTunables;
  readonly maxDevices: number;
  /** Type names by type id; 0 is `osd`. */
  readonly types: ReadonlyMap<number, string>;
  /** By bucket id (negative). Shadow buckets of device classes (`default~hdd`) stand among them. */
  readonly buckets: ReadonlyMap<number, CrushBucket>;
  /** Names of buckets and devices by id. */
  readonly names: ReadonlyMap<number, string>;
  readonly rules: ReadonlyMap<number, CrushRule>;
  /** Device class ids by device or, for shadow buckets, bucket id; and the names of the classes. */
  readonly deviceClasses: ReadonlyMap<number, number>;
  readonly classNames: ReadonlyMap<number, string>;
  /** The shadow bucket of a bucket for each class id. */
  readonly classBuckets: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly chooseArgs: ReadonlyMap<number, readonly CrushChooseArg[]>;
  /** Places for buckets that the encoding has; where left out, as many as Ceph would make for these buckets. */
  readonly maxBuckets?: number;
  /** Places for rules that the encoding has; where left out, one more than the highest rule id. */
  readonly maxRules?: number;
  /** Names of rules that are not there. */
  readonly strayRuleNames?: ReadonlyMap<number, string>;
}

export interface CrushBucket {
  readonly id: number;
  readonly type: number;
  readonly alg: BucketAlg;
  /** Bucket hash; 0 is rjenkins1. */
  readonly hash: number;
  readonly weight: number;
  readonly items: readonly number[];
  readonly itemWeights: readonly number[];
  /**
   * What kinds older than straw2 keep beside the item weights, as it was read or last worked out: uniform the one item
   * weight, list the sums, tree the weights of all nodes, straw the lengths. Worked out from the weights where left out.
   */
  readonly derived?: readonly number[];
}

export type BucketAlg = 'uniform' | 'list' | 'tree' | 'straw' | 'straw2';

export interface CrushRule {
  readonly id: number;
  readonly name: string;
  /** 1 replicated, 3 erasure, 4 and 5 MSR firstn and indep. */
  readonly type: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly steps: readonly CrushStep[];
}

export type CrushStep = CrushStepBody & {
  /** Arguments that the step has no use for, where they are not 0: kept, so that a map is written as it was read. */
  readonly spare?: readonly [arg1: number, arg2: number];
};

export type CrushStepBody =
  | { readonly op: 'take'; readonly item: number }
  | {
      readonly op: 'choose' | 'chooseleaf';
      readonly mode: 'firstn' | 'indep';
      readonly num: number;
      readonly type: number;
    }
  | { readonly op: 'choosemsr'; readonly num: number; readonly type: number }
  | { readonly op: 'emit' }
  | { readonly op: 'set'; readonly what: CrushSetting; readonly value: number }
  | { readonly op: 'noop' }
  /** A step of a later release, which does nothing here. */
  | { readonly op: 'unknown'; readonly code: number; readonly arg1: number; readonly arg2: number };

export type CrushSetting =
  | 'choose_tries'
  | 'chooseleaf_tries'
  | 'choose_local_tries'
  | 'choose_local_fallback_tries'
  | 'chooseleaf_vary_r'
  | 'chooseleaf_stable'
  | 'msr_descents'
  | 'msr_collision_tries';

export interface CrushTunables {
  readonly chooseLocalTries: number;
  readonly chooseLocalFallbackTries: number;
  readonly chooseTotalTries: number;
  readonly chooseleafDescendOnce: number;
  readonly chooseleafVaryR: number;
  readonly chooseleafStable: number;
  readonly strawCalcVersion: number;
  readonly allowedBucketAlgs: number;
  readonly msrDescents: number;
  readonly msrCollisionTries: number;
}

export interface CrushChooseArg {
  readonly bucketId: number;
  readonly ids: readonly number[];
  /** Weight sets by position; items in bucket order. */
  readonly weightSets: readonly (readonly number[])[];
}

/** "No item": a hole of an indep result. */
export const CRUSH_ITEM_NONE = 0x7fffffff;

/** Rule types, by the names that the text form has. */
export const RULE_TYPE = { replicated: 1, erasure: 3, msr_firstn: 4, msr_indep: 5 } as const;

/** The key of the choose_args that serve every pool without its own. */
export const DEFAULT_CHOOSE_ARGS = -1;
