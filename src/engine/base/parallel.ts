import { type Blocked, drop, type Task } from './task.ts';

/**
 * Runs tasks beside each other as one task. Each goes on at its own virtual time, so that two stages of a
 * pipeline that work 10 ms each end after 10 ms; the one whose time is earliest steps first. Blocks only while all
 * that are left do. Dropping it drops each of them, last one first, and lets their `finally` blocks finish.
 */
export function* parallel<T>(tasks: readonly Task<T>[]): Task<T[]> {
  const strands = tasks.map((task): Strand<T> => ({ task, wakes_us: 0, blocked: null, result: null, done: false }));
  let now_us = 0;
  try {
    for (;;) {
      const strand = nextStrand(strands);
      if (strand === null) {
        const waiting = strands.flatMap(({ blocked, done }) => (blocked === null || done ? [] : [blocked]));
        if (waiting.length === 0) return strands.flatMap(({ result }) => (result === null ? [] : [result.value]));
        yield anyOf(waiting);
        continue;
      }
      if (strand.wakes_us > now_us) {
        const left_us = strand.wakes_us - now_us;
        const passes_us = strands.some(isBlocked) ? Math.min(left_us, LOOK_US) : left_us;
        yield passes_us;
        now_us += passes_us;
        if (passes_us < left_us) continue;
      }
      advance(strand, now_us);
    }
  } finally {
    for (const strand of [...strands].reverse()) if (!strand.done) yield* drop(strand.task);
  }
}

/** While one sleeps, those that are blocked look again after so much virtual time at most. */
const LOOK_US = 10_000;

function isBlocked<T>({ blocked, done }: Strand<T>): boolean {
  return blocked !== null && !done;
}

interface Strand<T> {
  readonly task: Task<T>;
  wakes_us: number;
  blocked: Blocked | null;
  result: { readonly value: T } | null;
  done: boolean;
}

/** The strand that may step, the earliest first; of several the one that stepped longest ago. */
function nextStrand<T>(strands: Strand<T>[]): Strand<T> | null {
  let best: Strand<T> | null = null;
  for (const strand of strands) {
    if (strand.done || (strand.blocked !== null && !strand.blocked.ready())) continue;
    if (best === null || strand.wakes_us < best.wakes_us) best = strand;
  }
  return best;
}

function advance<T>(strand: Strand<T>, now_us: number): void {
  const step = strand.task.next();
  strand.blocked = null;
  strand.wakes_us = now_us;
  if (step.done === true) {
    strand.done = true;
    strand.result = { value: step.value };
  } else if (typeof step.value === 'number') strand.wakes_us += step.value;
  else strand.blocked = step.value;
}

/** The wait of all together: over when one of them is, told by the first that waits for something outside. */
function anyOf(waiting: readonly Blocked[]): Blocked {
  const reason = waiting.find(({ reason: text }) => !text.includes('in the pipe')) ?? waiting[0];
  return { reason: reason?.reason ?? '', ready: () => waiting.some((blocked) => blocked.ready()) };
}
