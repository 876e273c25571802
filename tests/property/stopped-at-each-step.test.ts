import { expect, test } from 'vitest';
import { TestMachine } from '../helpers/machine.ts';
import { ALWAYS_BEFORE, STOPPED_CASES, type StoppedCase } from '../helpers/stopped/cases.ts';
import { imagesState } from '../helpers/stopped/state.ts';

const MOST_STEPS = 100_000;
/** After that long, virtually, the watch of a dead client is gone. */
const WATCH_TIMEOUT_US = 31_000_000;
const POOLS = ['p', 'q'];

/** Which operations to look into; all unless it is set. */
const { STOPPED_CASE: only = '' } = process.env;

function readyMachine({ before = [] }: StoppedCase): TestMachine {
  const machine = new TestMachine({ osds: 3, osdsPerHost: 1 }, true);
  for (const line of [...ALWAYS_BEFORE, ...before]) machine.must(line);
  machine.cluster.records.commit();
  return machine;
}

/** Goes on as people do: the same command once more; what is half-made and in the way is removed before. */
function again(machine: TestMachine, line: string, { done = [], clear, leavesTrash }: StoppedCase): void {
  const { code, err } = machine.run(line);
  if (code !== 0 && !done.includes(code)) throw new Error(`exit ${code} of the second ${line}: ${err}`);
  if (leavesTrash) for (const image of ['p/a', 'p/c']) emptySnapTrash(machine, image);
  if (code === 0 || clear === undefined) return;
  for (const each of clear) machine.run(each);
  machine.must(line);
}

function emptySnapTrash(machine: TestMachine, image: string): void {
  for (const [, id] of machine.must(`rbd snap ls --all ${image}`).matchAll(/^ *(\d+) .* trash \(/gm)) {
    machine.must(`rbd snap rm --snap-id ${id} ${image}`);
  }
}

for (const each of STOPPED_CASES.filter(({ name }) => name.startsWith(only))) {
  test(`ST4: ${each.name}, stopped at any step and run again, ends as one that is not stopped`, {
    timeout: 600_000,
  }, () => {
    const machine = readyMachine(each);
    const line = typeof each.line === 'string' ? each.line : each.line(machine);
    const { code, steps } = machine.runSteps(line, MOST_STEPS);
    machine.cluster.run(machine.cluster.settle());
    expect({ line, code }).toEqual({ line, code: 0 });
    const wanted = imagesState(machine, POOLS);
    for (let stop = 0; stop < steps; stop++) {
      machine.cluster.records.rollback();
      machine.resume();
      machine.runSteps(line, stop);
      machine.cluster.advance(WATCH_TIMEOUT_US);
      again(machine, line, each);
      machine.cluster.run(machine.cluster.settle());
      expect({ stop, state: imagesState(machine, POOLS) }).toEqual({ stop, state: wanted });
    }
  });
}
