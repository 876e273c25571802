import { type ScheduleItem, startMinutes } from './schedule.ts';

/**
 * The manager keeps the items of a schedule in a set, and stores and lists them in the order in which Python's sets
 * give them.
 */
export function asSet(items: readonly ScheduleItem[]): ScheduleItem[] {
  let size = 8;
  while (items.length * 5 >= (size - 1) * 3) size *= 4;
  const slots: (ScheduleItem | undefined)[] = Array.from({ length: size });
  for (const item of items) slots[freeSlot(slots, tupleHash(item))] = item;
  return slots.filter((item) => item !== undefined);
}

const U64 = 0xffff_ffff_ffff_ffffn;
const PERTURB_SHIFT = 5n;
/** Slots that are tried in a row, where the table goes on that far. */
const LINEAR_PROBES = 9;

/** @see CPython Objects/setobject.c set_add_entry — exact */
function freeSlot(slots: readonly (ScheduleItem | undefined)[], hash: bigint): number {
  const mask = slots.length - 1;
  let perturb = hash;
  for (let at = Number(hash & BigInt(mask)); ; ) {
    const probes = at + LINEAR_PROBES <= mask ? LINEAR_PROBES : 0;
    for (let probe = at; probe <= at + probes; probe++) if (slots[probe] === undefined) return probe;
    perturb >>= PERTURB_SHIFT;
    at = Number((BigInt(at) * 5n + 1n + perturb) & BigInt(mask));
  }
}

const PRIME_1 = 11400714785074694791n;
const PRIME_2 = 14029467366897019727n;
const PRIME_5 = 2870177450012600261n;
/** What None hashes to since Python 3.12. */
const HASH_OF_NONE = 0xfca8_6420n;

/** Of an interval and a start time, which hash as their minutes. @see CPython Objects/tupleobject.c tuple_hash — exact */
function tupleHash({ minutes, startTime }: ScheduleItem): bigint {
  const lanes = [BigInt(minutes), startTime === null ? HASH_OF_NONE : BigInt(startMinutes(startTime))];
  let hash = PRIME_5;
  for (const lane of lanes) {
    const sum = (hash + lane * PRIME_2) & U64;
    hash = ((((sum << 31n) & U64) | (sum >> 33n)) * PRIME_1) & U64;
  }
  return (hash + (2n ^ PRIME_5 ^ 3527539n)) & U64;
}
