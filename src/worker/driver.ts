import { EXIT_INTERRUPTED } from '../engine/base/exit-codes.ts';
import type { Blocked, Task } from '../engine/base/task.ts';
import { drop } from '../engine/base/task.ts';
import type { Cluster } from '../engine/cluster/cluster.ts';
import { type BesideLines, INTERRUPT } from './beside.ts';
import type { FrameSender } from './frame-sender.ts';
import type { Host } from './host.ts';
import type { Pacer } from './pacer.ts';

/** So long the engine runs before it lets messages through. */
const SLICE_MS = 8;
/** What a command may still do after Ctrl-C, before it is dropped as a crashed client is. */
const CLEANUP_STEPS = 1000;

export interface DriverParts {
  readonly cluster: Cluster;
  readonly host: Host;
  readonly pacer: Pacer;
  readonly frames: FrameSender;
  readonly beside: BesideLines;
  /** Makes the task of a line that runs beside. */
  readonly aside: (line: string) => Task<number>;
  /** Says why a line that ran beside was given up. */
  readonly complain: (text: string) => void;
}

/**
 * Runs a command's task in slices, at the pace that the pacer allows, sending frames between. Gives its value, or
 * EXIT_INTERRUPTED after Ctrl-C. `line` is what the page shows as running.
 */
export async function drive(parts: DriverParts, line: string, task: Task<number>): Promise<number> {
  const { host, pacer, frames, beside } = parts;
  for (let stood = false; ; ) {
    await showAndWait(parts, line);
    if (pacer.interrupted) {
      if (stood) beside.noteInterrupt();
      return stop(parts, task);
    }
    const outcome = runSlice(parts, task);
    stood = outcome.kind === 'blocked';
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'blocked') {
      const standing: Standing = { task, wait: outcome.wait, exitCode: null };
      await standStill(parts, line, standing);
      if (standing.exitCode !== null) return standing.exitCode;
    } else {
      frames.tick();
      await host.breathe();
    }
  }
}

/** A command that is blocked; with an exit code once it has ended all the same. */
interface Standing {
  readonly task: Task<number>;
  wait: Blocked;
  exitCode: number | null;
}

/** Nothing that runs can help: waits for Ctrl-C, or for a line that is typed beside. */
async function standStill(parts: DriverParts, line: string, standing: Standing): Promise<void> {
  const { frames, pacer, beside } = parts;
  frames.status({ kind: 'blocked', line, reason: standing.wait.reason });
  frames.flush();
  beside.setOpen(true);
  if (!beside.hasNext) await pacer.stirred();
  beside.setOpen(false);
  if (!pacer.interrupted) await runBeside(parts, standing);
}

async function runBeside(parts: DriverParts, standing: Standing): Promise<void> {
  const next = parts.beside.next();
  if (next === undefined) return;
  if (next.line === INTERRUPT) return parts.pacer.interrupt();
  let exitCode = EXIT_INTERRUPTED;
  try {
    parts.frames.status({ kind: 'running', line: next.line, paused: false });
    exitCode = await driveBeside(parts, parts.aside(next.line), standing);
  } finally {
    parts.frames.flush();
    next.ended(exitCode);
  }
}

/** Unpaced, and given up where it would be blocked as well. */
async function driveBeside(parts: DriverParts, task: Task<number>, standing: Standing): Promise<number> {
  const { cluster, host, pacer, frames } = parts;
  for (let end_ms = host.now_ms() + SLICE_MS; ; ) {
    if (pacer.interrupted) return stop(parts, task);
    const outcome = cluster.step(task);
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'blocked') {
      parts.complain(`given up, since it would wait as well: ${outcome.reason}`);
      return stop(parts, task);
    }
    hear(cluster, standing);
    if (host.now_ms() < end_ms && !frames.full) continue;
    frames.tick();
    await host.breathe();
    end_ms = host.now_ms() + SLICE_MS;
  }
}

/** What listens goes on as soon as it is told something. */
function hear(cluster: Cluster, standing: Standing): void {
  while (standing.exitCode === null && standing.wait.listens === true && standing.wait.ready()) {
    const outcome = cluster.step(standing.task);
    if (outcome.kind === 'done') standing.exitCode = outcome.value;
    else if (outcome.kind === 'blocked') standing.wait = outcome.wait;
  }
}

/** Lets the work beside the clients go on until nothing is left of it, at most so long and slow enough to watch; Ctrl-C leaves the rest for later. */
export async function settle(parts: DriverParts, line: string, limit_us: number): Promise<void> {
  parts.pacer.slow();
  await drive(parts, line, settled(parts.cluster, limit_us));
}

function* settled(cluster: Cluster, limit_us: number): Task<number> {
  yield* cluster.settle(limit_us);
  return 0;
}

/** Says that the command runs, or stands still, and waits for the next step's turn. */
async function showAndWait({ pacer, frames }: DriverParts, line: string): Promise<void> {
  if (pacer.allows()) return;
  frames.status({ kind: 'running', line, paused: pacer.paused });
  if (pacer.paused) frames.flush();
  else frames.tick();
  await pacer.turn();
  frames.status({ kind: 'running', line, paused: pacer.paused });
}

function runSlice(
  { cluster, host, pacer, frames }: DriverParts,
  task: Task<number>,
): ReturnType<typeof cluster.step<number>> {
  const end_ms = host.now_ms() + SLICE_MS;
  for (;;) {
    const told = frames.eventCount;
    const outcome = cluster.step(task);
    pacer.ran(frames.eventCount > told);
    if (outcome.kind !== 'ran') return outcome;
    if (!pacer.allows() || frames.full || host.now_ms() >= end_ms) return outcome;
  }
}

/** Ctrl-C: the command's `finally` blocks run, also those that need the cluster. */
function stop({ cluster }: DriverParts, task: Task<number>): number {
  const dropping = drop(task);
  for (let step = 0; step < CLEANUP_STEPS; step++) {
    if (cluster.step(dropping).kind !== 'ran') break;
  }
  return EXIT_INTERRUPTED;
}
