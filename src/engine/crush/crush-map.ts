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
}

export type BucketAlg = 'uniform' | 'list' | 'tree' | 'straw' | 'straw2';

export interface CrushRule {
  readonly id: number;
  readonly name: string;
  /** 1 replicated, 3 erasure. */
  readonly type: number;
  readonly minSize: number;
  readonly maxSize: number;
  readonly steps: readonly CrushStep[];
}

export type CrushStep =
  | { readonly op: 'take'; readonly item: number }
  | {
      readonly op: 'choose' | 'chooseleaf';
      readonly mode: 'firstn' | 'indep';
      readonly num: number;
      readonly type: number;
    }
  | { readonly op: 'emit' }
  | { readonly op: 'set'; readonly what: CrushSetting; readonly value: number };

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
