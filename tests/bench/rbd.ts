import { loadPlugins } from '../../src/engine/cluster/load-plugins.ts';
import { TestMachine } from '../helpers/machine.ts';

/** As many as the goal speaks of; of 4 KiB each, so that a real cluster in memory holds them several times over. */
export const USUAL_OBJECTS = 25_600;
/** Fewer show that all of it runs, for a figure of their own. */
export const OBJECTS = Number(process.env.RADOSCOPE_BENCH_OBJECTS ?? USUAL_OBJECTS);
const OBJECT_BYTES = 4096;
const ROUNDS = 10;
const MOST_STEPS = Number.MAX_SAFE_INTEGER;

/** Before anything else, on either side. */
export const SET_UP = ['ceph osd pool create p 64', 'rbd pool init p'];

/** Two hundred commands as people type them, here and there the same. */
export const COMMANDS: readonly string[] = Array.from({ length: ROUNDS }, (_, n) => roundOf(n)).flat();

function roundOf(n: number): string[] {
  const [image, clone] = [`p/a${n}`, `p/c${n}`];
  const bench = 'rbd bench --io-type write --io-size 4K --io-total 64K --io-pattern seq';
  return [
    `rbd create ${image} --size 16M`,
    `rbd info ${image}`,
    `${bench} ${image}`,
    `rbd snap create ${image}@s`,
    `rbd snap protect ${image}@s`,
    `rbd clone ${image}@s ${clone}`,
    `rbd children ${image}@s`,
    `${bench} ${clone}`,
    `rbd snap create ${clone}@t`,
    `rbd diff ${clone}`,
    `rbd du ${clone}`,
    `rbd flatten ${clone}`,
    `rbd snap rollback ${clone}@t`,
    `rbd resize ${clone} --size 8M --allow-shrink`,
    `rbd image-meta set ${clone} key value`,
    `rbd cp ${clone} p/d${n}`,
    `rbd rename p/d${n} p/e${n}`,
    `rbd snap ls ${image}`,
    `rbd rm p/e${n}`,
    'rbd ls -l p',
  ];
}

/** A command that is measured on an image of many objects, and those that come before it. */
export interface LargeStep {
  readonly what: string;
  readonly before: readonly string[];
  readonly command: string;
}

const SIZE = `--size ${OBJECTS * OBJECT_BYTES}B --object-size ${OBJECT_BYTES}B`;
const FILL = `rbd bench --io-type write --io-pattern seq --io-size ${OBJECT_BYTES} --io-total ${OBJECTS * OBJECT_BYTES}`;

export const LARGE_STEPS: readonly LargeStep[] = [
  {
    what: `rbd flatten of ${OBJECTS} objects`,
    before: [
      `rbd create p/big ${SIZE}`,
      `${FILL} p/big`,
      'rbd snap create p/big@s; rbd snap protect p/big@s',
      `rbd clone p/big@s p/child --object-size ${OBJECT_BYTES}B`,
    ],
    command: 'rbd flatten p/child --no-progress',
  },
  {
    what: `rbd snap rollback of ${OBJECTS} objects that were written since`,
    before: ['rbd snap create p/child@t', `${FILL} p/child`],
    command: 'rbd snap rollback p/child@t --no-progress',
  },
  {
    what: `rbd deep cp of ${OBJECTS} objects`,
    before: ['rbd snap rm p/child@t'],
    command: 'rbd deep cp p/child p/copy --no-progress',
  },
  {
    what: `rbd export of ${OBJECTS} objects`,
    before: ['rm -f big.img'],
    command: 'rbd export p/copy big.img --no-progress',
  },
  { what: `rbd du of ${OBJECTS} objects with fast-diff`, before: ['rm big.img'], command: 'rbd du p/copy' },
  {
    what: `rbd du of ${OBJECTS} objects without fast-diff`,
    before: ['rbd feature disable p/copy fast-diff,object-map'],
    command: 'rbd du p/copy',
  },
];

/** Seconds for the two hundred. */
export function commandSeconds(): number {
  return secondsOf(readyMachine(), COMMANDS);
}

/** Seconds for each of the large ones. */
export function largeSeconds(): readonly number[] {
  const machine = readyMachine();
  return LARGE_STEPS.map(({ before, command }) => {
    for (const line of before) machine.must(line);
    return secondsOf(machine, [command]);
  });
}

function readyMachine(): TestMachine {
  loadPlugins();
  const machine = new TestMachine();
  for (const line of SET_UP) machine.must(line);
  return machine;
}

/** What OSDs do once the client has its answer is not counted, there as here. */
function secondsOf(machine: TestMachine, lines: readonly string[]): number {
  let seconds = 0;
  for (const line of lines) {
    const begun = performance.now();
    const { code } = machine.runSteps(line, MOST_STEPS);
    seconds += (performance.now() - begun) / 1000;
    if (code !== 0) throw new Error(`exit ${code} of: ${line}`);
    machine.cluster.run(machine.cluster.settle());
  }
  return seconds;
}
