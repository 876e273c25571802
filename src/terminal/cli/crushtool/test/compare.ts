import type { Task } from '../../../../engine/base/task.ts';
import type { CrushMap, CrushRule } from '../../../../engine/crush/crush-map.ts';
import { doRule } from '../../../../engine/crush/mapper.ts';
import { maxRulesOf } from '../../../../engine/crush/places.ts';
import { streamText } from '../../../../engine/crush/text.ts';
import type { Process } from '../../../process.ts';
import type { Request } from '../request.ts';
import { ToolError } from '../tool-error.ts';
import { Chance } from './chance.ts';
import { markDown } from './mark-down.ts';
import { deviceWeights, planOf, type TestPlan } from './plan.ts';

/** What a shell shows of a process that broke down, as Ceph's does here. */
const EXIT_ABORTED = 134;

/**
 * Counts, rule by rule, the inputs that another map places elsewhere.
 *
 * @ceph src/crush/CrushTester.cc CrushTester::compare — exact
 */
export function* compareMaps(process: Process, request: Request, map: CrushMap, other: CrushMap): Task<void> {
  const plan = planOf(request, map);
  if (plan.noSizes)
    throw new ToolError('crushtool: --compare wants --num-rep, or --min-rep and --max-rep\n', EXIT_ABORTED);
  const weights = deviceWeights(map, plan);
  markDown(map, plan, weights, new Chance());
  let equal = true;
  const [first, last] = plan.rules;
  for (let id = first; id < maxRulesOf(map) && id <= last; id++) {
    const rule = map.rules.get(id);
    if (rule === undefined) {
      if (request.has('showStatistics')) yield* process.stdout.write(`rule ${id} dne\n`);
      continue;
    }
    const bad = yield* countDifferent(plan, rule, weights, map, other);
    const all = (plan.sizes[1] - plan.sizes[0] + 1) * (plan.inputs[1] - plan.inputs[0] + 1);
    yield* process.stdout.write(`rule ${id} had ${bad}/${all} mismatched mappings (${streamText(bad / all)})\n`);
    equal &&= bad === 0;
  }
  if (!equal) throw new ToolError('warning: maps are NOT equivalent\n');
  yield* process.stdout.write('maps appear equivalent\n');
}

function* countDifferent(
  plan: TestPlan,
  rule: CrushRule,
  weights: Uint32Array,
  map: CrushMap,
  other: CrushMap,
): Task<number> {
  let bad = 0;
  for (let size = plan.sizes[0]; size <= plan.sizes[1]; size++) {
    for (let x = plan.inputs[0]; x <= plan.inputs[1]; x++) {
      const mine = doRule(map, rule.id, x, size, weights, 0);
      if (String(mine) !== String(doRule(other, rule.id, x, size, weights, 0))) bad++;
      if (x % 256 === 255) yield 0;
    }
  }
  return bad;
}
