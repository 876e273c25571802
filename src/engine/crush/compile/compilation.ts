import { classIdOf } from '../edit/class-ids.ts';
import { type Draft, emptyMap, openDraft } from '../edit/draft.ts';
import { LEGACY_TUNABLES } from '../tunables.ts';

/** What goes along while a text is compiled: the map so far, and what its names mean. */
export interface Compilation {
  readonly draft: Draft;
  readonly typeIds: Map<string, number>;
  readonly itemIds: Map<string, number>;
  readonly itemWeights: Map<number, number>;
  /** Ids that are taken, by devices, buckets and shadow buckets. */
  readonly usedIds: Set<number>;
  /** From here upwards, to -1, all ids are taken: ids are never given back. */
  freeFrom: number;
  readonly ruleIds: Map<string, number>;
  /** Ids that shadow buckets are to have. */
  readonly classBuckets: Map<number, Map<number, number>>;
  /** Warnings and the error, as they are to be printed. */
  readonly messages: string[];
}

export function newCompilation(): Compilation {
  return {
    draft: openDraft(emptyMap(LEGACY_TUNABLES)),
    typeIds: new Map(),
    itemIds: new Map(),
    itemWeights: new Map(),
    usedIds: new Set(),
    freeFrom: -1,
    ruleIds: new Map(),
    classBuckets: new Map(),
    messages: [],
  };
}

/** Ends a compilation; its message is what the tool prints, and may be empty. */
export class CompileError extends Error {
  override readonly name = 'CompileError';
}

export function fail(message: string): never {
  throw new CompileError(message);
}

/** More device classes than any cluster has: each is looked for among all, and has shadow buckets of its own. */
const MAX_CLASSES = 1000;

/** The id of a device class, which may be new. Ceph has no bound. */
export function classOf({ draft }: Compilation, name: string): number {
  const id = classIdOf(draft, name);
  return draft.classNames.size <= MAX_CLASSES ? id : fail(`more than ${MAX_CLASSES} device classes\n`);
}

/** A number as C reads it into an int: of what is too large for 64 bits the largest, and of that the low 32 bits. */
export function intOf(digits: string): number {
  const [, sign = '', plain = '0'] = /^(-?)0*([0-9]*)$/.exec(digits) ?? [];
  if (plain.length > 19) return sign === '' ? -1 : 0;
  const value = BigInt(`${sign}${plain || '0'}`);
  const [lowest, highest] = [-(2n ** 63n), 2n ** 63n - 1n];
  return Number(BigInt.asIntN(32, value < lowest ? lowest : value > highest ? highest : value));
}
