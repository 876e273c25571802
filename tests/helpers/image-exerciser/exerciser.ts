import { TestMachine } from '../machine.ts';
import { endOf } from './end.ts';
import { pick } from './kinds.ts';
import type { ModelImage } from './model.ts';
import { createNew } from './ops/create.ts';
import { OP_NAMES, OPS } from './ops.ts';
import { SET_UP } from './places.ts';
import { randomNumbers } from './random.ts';
import { shrunk } from './shrink.ts';
import { type Step, World } from './world.ts';

/** So many operations go on in one world, from nothing to the last image's removal. */
const HISTORY_STEPS = 400;

/** The history that a seed stands for. */
export function historyOf(seed: number, length = HISTORY_STEPS): Step[] {
  const next = randomNumbers(seed);
  return Array.from({ length }, () => {
    const [op, image, a, b, client] = [pick(OP_NAMES, next()), next() >>> 20, next(), next(), next() >>> 31];
    return { op, image, a, b, client };
  });
}

/** Exercises images with so many operations at least, of histories that follow from the seed. Throws what it finds, with the seed and the fewest steps that show it. */
export function exerciseImages(seed: number, operations: number): void {
  const machine = readyMachine();
  const seeds = randomNumbers(seed);
  for (let done = 0; done < operations; done += HISTORY_STEPS) {
    const historySeed = seeds();
    const history = historyOf(historySeed);
    const found = failureOf(machine, history);
    if (found !== null) throw new Error(report(historySeed, history, found));
    machine.cluster.records.rollback();
    machine.resume();
  }
}

/** Runs a history in a world of its own. Null where all was as it should be. */
function failureOf(machine: TestMachine, history: readonly Step[], told: string[] = []): Error | null {
  try {
    const world = new World(machine, told);
    createNew(world, { op: '', image: 0, a: 1, b: 3, client: 0 });
    for (const step of history) runStep(world, step);
    endOf(world);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function runStep(world: World, step: Step): void {
  if (world.images.length === 0) createNew(world, step);
  const image = world.images[step.image % world.images.length];
  if (image === undefined) return;
  world.told.push(`${JSON.stringify(step)} ${summaryOf(image)}`);
  OPS[step.op]?.[1](world, image, step);
}

function readyMachine(): TestMachine {
  const machine = new TestMachine({ osds: 3, osdsPerHost: 1 });
  for (const line of SET_UP) machine.must(line);
  machine.cluster.records.commit();
  return machine;
}

/** The same failure by fewer steps, each try on a cluster of its own: what failed before may have left handles behind. */
function report(seed: number, history: readonly Step[], found: Error): string {
  const fails = (steps: readonly Step[]) => failureOf(readyMachine(), steps)?.message === found.message;
  const steps = shrunk(history, fails);
  const lines: string[] = [];
  failureOf(readyMachine(), steps, lines);
  return `history ${seed}: ${found.stack}\n${steps.length} steps of ${history.length}:\n${lines.join('\n')}`;
}

function summaryOf({ name, place, kind, features, head, snaps, parent }: ModelImage): string {
  const { format, order, stripeUnit, stripeCount, dataPool } = kind;
  const layout = `order ${order}, stripes ${stripeUnit}*${stripeCount}, features ${features}, ${head.size} bytes`;
  const from = parent === null ? '' : `, clone of ${parent.image.name}@${parent.snap.name}`;
  const data = dataPool === undefined ? '' : `, data in ${dataPool}`;
  return `${name} (format ${format}, place ${place}, ${layout}${data}${from}) snaps ${snaps.map((snap) => snap.name).join()}`;
}
