import { EXIT_INTERRUPTED } from '../engine/base/exit-codes.ts';
import { drop } from '../engine/base/parallel.ts';
import type { Task } from '../engine/base/task.ts';
import type { Cluster } from '../engine/cluster/cluster.ts';
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
}

/**
 * Runs a command's task in slices, at the pace that the pacer allows, sending frames between. Gives its value, or
 * EXIT_INTERRUPTED after Ctrl-C. `line` is what the page shows as running.
 */
export async function drive(parts: DriverParts, line: string, task: Task<number>): Promise<number> {
  const { host, pacer, frames } = parts;
  for (;;) {
    await showAndWait(parts, line);
    if (pacer.interrupted) return stop(parts, task);
    const outcome = runSlice(parts, task);
    if (outcome.kind === 'done') return outcome.value;
    if (outcome.kind === 'blocked') {
      frames.status({ kind: 'blocked', line, reason: outcome.reason });
      frames.flush();
      await pacer.stirred();
    } else {
      frames.tick();
      await host.breathe();
    }
  }
}

/** Lets the work beside the clients go on until nothing is left of it, at most so long; Ctrl-C leaves the rest for later. */
export async function settle(parts: DriverParts, line: string, limit_us: number): Promise<void> {
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
