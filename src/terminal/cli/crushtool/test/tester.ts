import type { Task } from '../../../../engine/base/task.ts';
import { CRUSH_ITEM_NONE, type CrushMap, type CrushRule } from '../../../../engine/crush/crush-map.ts';
import { crushHash32of2 } from '../../../../engine/crush/hash.ts';
import { doRule } from '../../../../engine/crush/mapper.ts';
import { maxRulesOf } from '../../../../engine/crush/places.ts';
import { streamText } from '../../../../engine/crush/text.ts';
import type { Process } from '../../../process.ts';
import type { Request } from '../request.ts';
import { ToolError } from '../tool-error.ts';
import { Chance } from './chance.ts';
import { CsvData } from './csv-data.ts';
import { mostDevices } from './expected.ts';
import { markDown } from './mark-down.ts';
import { deviceWeights, planOf, type TestPlan } from './plan.ts';
import { RandomPlacement } from './random-placement.ts';

/** Inputs placed, or lines printed, between two looks at whether the tool is to stop. */
const SLICE = 256;
/** Tries are counted up to so many. */
const MAX_TRIES = 1_000_000;

/** A test under way. */
interface Test {
  readonly process: Process;
  readonly request: Request;
  readonly map: CrushMap;
  readonly plan: TestPlan;
  readonly weights: Uint32Array;
  readonly chance: Chance;
  readonly profile: Uint32Array | undefined;
  /** True where sizes of results are printed, which utilization asks for too. */
  readonly statistics: boolean;
}

/**
 * Places a range of inputs by a range of rules and prints what is asked for.
 *
 * @ceph src/crush/CrushTester.cc CrushTester::test — exact
 */
export function* testMap(process: Process, request: Request, map: CrushMap): Task<void> {
  const plan = planOf(request, map);
  if (plan.noSizes) throw new ToolError('must specify --num-rep or both --min-rep and --max-rep\n');
  const weights = deviceWeights(map, plan);
  if (request.has('showUtilizationAll')) yield* process.stderr.write(weightsText(weights));
  const chance = new Chance();
  markDown(map, plan, weights, chance);
  const profile = request.has('showChooseTries') ? newProfile(map) : undefined;
  const statistics = request.has('showStatistics', 'showUtilization', 'showUtilizationAll');
  const test: Test = { process, request, map, plan, weights, chance, profile, statistics };
  const [first, last] = plan.rules;
  for (let id = first; id < maxRulesOf(map) && id <= last; id++) {
    const rule = map.rules.get(id);
    if (rule !== undefined) yield* testRule(test, rule);
    else if (statistics) yield* process.stdout.write(`rule ${id} dne\n`);
  }
  if (profile !== undefined) yield* process.stdout.write(profileText(profile));
}

function newProfile({ tunables }: CrushMap): Uint32Array {
  if (tunables.chooseTotalTries > MAX_TRIES) throw new ToolError('crushtool: too many tries to count them\n');
  return new Uint32Array(tunables.chooseTotalTries + 1);
}

function weightsText(weights: Uint32Array): string {
  const hex = Array.from(weights, (weight) => weight.toString(16));
  return `devices weights (hex): [${hex.join(',')}]\n`;
}

function profileText(profile: Uint32Array): string {
  const lines = Array.from(profile.subarray(0, -1), (count, tries) => {
    return `${String(tries).padStart(2)}: ${String(count).padStart(9)}\n`;
  });
  return lines.join('');
}

function* testRule(test: Test, rule: CrushRule): Task<void> {
  const { plan, process, statistics } = test;
  if (statistics) {
    const [inputs, sizes] = [plan.inputs.join('..'), plan.sizes.join('..')];
    yield* process.stdout.write(`rule ${rule.id} (${rule.name}), x = ${inputs}, numrep = ${sizes}\n`);
  }
  for (let size = plan.sizes[0]; size <= plan.sizes[1]; size++) {
    if (test.weights.reduce((sum, weight) => (sum + weight) | 0, 0) !== 0) yield* testSize(test, rule, size);
  }
}

/** What came of one rule and size. */
interface Tally {
  readonly perDevice: Int32Array;
  /** How many results have which size. */
  readonly sizes: Map<number, number>;
  readonly expected: Float32Array;
}

function* testSize(test: Test, rule: CrushRule, size: number): Task<void> {
  const { plan, request, map } = test;
  const [first, last] = plan.inputs;
  const expected = expectedOf(test, Math.min(size, mostDevices(map, rule)) * (last - first + 1));
  const tally: Tally = { perDevice: new Int32Array(map.maxDevices), sizes: new Map(), expected };
  const csv = request.has('outputCsv') ? new CsvData(test.weights, sharesOf(test)) : undefined;
  yield* placeAll(test, rule, size, tally, csv);
  yield* printTally(test, rule, size, tally);
  if (csv !== undefined) {
    csv.addUtilization(tally.perDevice, tally.expected);
    const name = request.text('outputName');
    yield* csv.write(test.process, `${name === '' ? '' : `${name}-`}${rule.name}`, plan);
  }
}

/** Each device's share of all weights. */
function sharesOf({ weights }: Test): Float32Array {
  const total = Math.fround(weights.reduce((sum, weight) => (sum + weight) | 0, 0));
  return Float32Array.from(weights, (weight) => Math.fround(weight) / total);
}

function expectedOf(test: Test, objects: number): Float32Array {
  return sharesOf(test).map((share) => share * Math.fround(objects));
}

function* placeAll(test: Test, rule: CrushRule, size: number, tally: Tally, csv: CsvData | undefined): Task<void> {
  const { plan, process } = test;
  const random = plan.byChance ? new RandomPlacement(test.map, rule, test.weights, test.chance) : undefined;
  let text = '';
  const count = Math.trunc((plan.inputs[1] - plan.inputs[0] + 1) / plan.batches);
  for (let batch = 0; batch < plan.batches; batch++) {
    const first = plan.inputs[0] + batch * count;
    const last = batch === plan.batches - 1 ? plan.inputs[1] : first + count - 1;
    const perDevice = new Int32Array(test.map.maxDevices);
    for (let x = first; x <= last; x++) {
      const result = random === undefined ? place(test, rule, size, x) : random.place(size);
      text += resultText(test, rule, size, x, result);
      csv?.addPlacement(x, result);
      addResult(tally, perDevice, result);
      if (x % SLICE !== SLICE - 1) continue;
      yield* process.stdout.write(text);
      text = '';
      yield 0;
    }
    csv?.addBatch(batch, perDevice);
    yield 0;
  }
  if (text !== '') yield* process.stdout.write(text);
}

function place({ map, plan, weights, profile }: Test, rule: CrushRule, size: number, x: number): number[] {
  const input = plan.pool === undefined ? x : crushHash32of2(x, plan.pool >>> 0) | 0;
  return doRule(map, rule.id, input, size, weights, 0, profile);
}

function resultText({ request, plan }: Test, rule: CrushRule, size: number, x: number, result: number[]): string {
  const list = `[${result.join(',')}]`;
  const mapping = request.has('showMappings')
    ? `${plan.byChance ? 'RNG' : 'CRUSH'} rule ${rule.id} x ${x} ${list}\n`
    : '';
  const isBad = result.length !== size || result.includes(CRUSH_ITEM_NONE);
  if (!isBad || !request.has('showBadMappings')) return mapping;
  return `${mapping}bad mapping rule ${rule.id} x ${x} num_rep ${size} result ${list}\n`;
}

function addResult({ perDevice, sizes }: Tally, batch: Int32Array, result: readonly number[]): void {
  for (const device of result) {
    if (device === CRUSH_ITEM_NONE) continue;
    perDevice[device] = (perDevice[device] ?? 0) + 1;
    batch[device] = (batch[device] ?? 0) + 1;
  }
  sizes.set(result.length, (sizes.get(result.length) ?? 0) + 1);
}

function* printTally(test: Test, rule: CrushRule, numRep: number, tally: Tally): Task<void> {
  if (!test.statistics) return;
  const [first, last] = test.plan.inputs;
  const sizes = [...tally.sizes].sort(([a], [b]) => a - b);
  const head = `rule ${rule.id} (${rule.name}) num_rep ${numRep} result size ==`;
  const lines = sizes.map(([size, count]) => `${head} ${size}:\t${count}/${last - first + 1}\n`);
  yield* test.process.stdout.write(lines.join(''));
  const all = test.request.has('showUtilizationAll');
  if (test.request.has('showUtilization')) yield* test.process.stdout.write(utilizationText(tally, false));
  else if (all) yield* test.process.stdout.write(utilizationText(tally, true));
}

function utilizationText({ perDevice, expected }: Tally, all: boolean): string {
  const lines = Array.from(perDevice, (stored, device) => {
    const wanted = expected[device] ?? 0;
    if (!all && !(wanted > 0 && stored > 0)) return '';
    return `  device ${device}:\t\t stored : ${stored}\t expected : ${streamText(wanted)}\n`;
  });
  return lines.join('');
}
