/** What a text map says, statement by statement. Numbers are as they are written. */
export type Statement = Tunable | Device | BucketType | BucketStatement | RuleStatement | ChooseArgsStatement;

export interface Tunable {
  readonly kind: 'tunable';
  readonly name: string;
  readonly value: string;
}

export interface Device {
  readonly kind: 'device';
  readonly id: string;
  readonly name: string;
  readonly className: string | undefined;
}

export interface BucketType {
  readonly kind: 'type';
  readonly id: string;
  readonly name: string;
}

export interface BucketStatement {
  readonly kind: 'bucket';
  readonly typeName: string;
  readonly name: string;
  readonly ids: readonly { readonly id: string; readonly className: string | undefined }[];
  readonly alg: string;
  readonly hashes: readonly string[];
  readonly items: readonly ItemStatement[];
}

export interface ItemStatement {
  readonly name: string;
  readonly weight: string | undefined;
  readonly place: string | undefined;
}

export interface RuleStatement {
  readonly kind: 'rule';
  /** Empty where it has none. */
  readonly name: string;
  readonly id: string;
  readonly type: 'replicated' | 'erasure' | 'msr_firstn' | 'msr_indep';
  /** `min_size` and `max_size`, where they are given; they mean nothing any more. */
  readonly ignored: readonly string[];
  readonly steps: readonly StepStatement[];
}

export type StepStatement =
  | { readonly op: 'take'; readonly name: string; readonly className: string | undefined }
  | { readonly op: 'set'; readonly what: SettingName; readonly value: string }
  | {
      readonly op: 'choose' | 'chooseleaf';
      readonly mode: 'firstn' | 'indep';
      readonly num: string;
      readonly typeName: string;
    }
  | { readonly op: 'choosemsr'; readonly num: string; readonly typeName: string }
  | { readonly op: 'emit' };

/** In the order in which the grammar tries them. */
export const SETTING_NAMES = [
  'choose_tries',
  'choose_local_tries',
  'choose_local_fallback_tries',
  'chooseleaf_tries',
  'chooseleaf_vary_r',
  'chooseleaf_stable',
  'msr_descents',
  'msr_collision_tries',
] as const;

export type SettingName = (typeof SETTING_NAMES)[number];

export interface ChooseArgsStatement {
  readonly kind: 'choose_args';
  readonly key: string;
  readonly args: readonly ChooseArgStatement[];
}

export interface ChooseArgStatement {
  readonly bucketId: string;
  readonly weightSets: readonly (readonly string[])[] | undefined;
  readonly ids: readonly string[] | undefined;
}
