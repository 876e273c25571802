import type { CrushBucket, CrushChooseArg, CrushMap, CrushRule, CrushStep } from '../../../engine/crush/crush-map.ts';
import { maxBucketsOf } from '../../../engine/crush/places.ts';
import { rawStep } from '../../../engine/crush/steps.ts';
import { classOf } from '../../../engine/crush/tree.ts';
import { arrayNode, type FormatNode, nodeOf, objectNode, valueNode } from '../format/tree.ts';
import { tunablesNode } from './dump-tunables.ts';

/**
 * All of a map, as `crushtool --dump` and `ceph osd crush dump` print it.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::dump — exact
 */
export function crushMapNode(map: CrushMap): FormatNode {
  const devices = Array.from({ length: map.maxDevices }, (_, id) => deviceNode(map, id));
  const rules = [...map.rules.values()].sort((a, b) => a.id - b.id);
  return objectNode('crush_map', [
    arrayNode('devices', devices),
    arrayNode('types', typeNodes(map)),
    arrayNode('buckets', bucketNodes(map)),
    arrayNode(
      'rules',
      rules.map((rule) => ruleNode(map, rule)),
    ),
    tunablesNode(map),
    chooseArgsNode(map),
  ]);
}

function deviceNode(map: CrushMap, id: number): FormatNode {
  return nodeOf('device', { id, name: map.names.get(id) ?? `device${id}`, class: classOf(map, id) });
}

function typeNodes(map: CrushMap): FormatNode[] {
  const types = [...map.types].sort(([a], [b]) => a - b);
  const known = map.types.size > 0 && !map.types.has(0) ? [[0, 'device'] as const, ...types] : types;
  return known.map(([type_id, name]) => nodeOf('type', { type_id, name }));
}

function bucketNodes(map: CrushMap): FormatNode[] {
  const lowest = -maxBucketsOf(map);
  const buckets = [...map.buckets.values()].filter(({ id }) => id >= lowest).sort((a, b) => b.id - a.id);
  return buckets.map((bucket) => bucketNode(map, bucket));
}

function bucketNode(map: CrushMap, bucket: CrushBucket): FormatNode {
  const items = bucket.items.map((id, pos) => nodeOf('item', { id, weight: (bucket.itemWeights[pos] ?? 0) | 0, pos }));
  const head = nodeOf('bucket', {
    id: bucket.id,
    name: map.names.get(bucket.id),
    type_id: bucket.type,
    type_name: map.types.get(bucket.type),
    weight: bucket.weight | 0,
    alg: bucket.alg,
    hash: bucket.hash === 0 ? 'rjenkins1' : 'unknown',
  });
  return objectNode('bucket', [...(head.kind === 'object' ? head.children : []), arrayNode('items', items)]);
}

function ruleNode(map: CrushMap, rule: CrushRule): FormatNode {
  return objectNode('rule', [
    valueNode('rule_id', rule.id),
    ...(rule.name === '' ? [] : [valueNode('rule_name', rule.name)]),
    valueNode('type', rule.type),
    arrayNode(
      'steps',
      rule.steps.map((step) => stepNode(map, step)),
    ),
  ]);
}

/** Settings that the dump knows by name; others it shows as numbers. */
const NAMED_SETTINGS = ['choose_tries', 'chooseleaf_tries', 'msr_descents', 'msr_collision_tries'];

function stepNode(map: CrushMap, step: CrushStep): FormatNode {
  if (step.op === 'take') {
    return nodeOf('step', { op: 'take', item: step.item, item_name: map.names.get(step.item) ?? '' });
  }
  if (step.op === 'choose' || step.op === 'chooseleaf') {
    return nodeOf('step', { op: `${step.op}_${step.mode}`, num: step.num, type: map.types.get(step.type) ?? '' });
  }
  if (step.op === 'choosemsr') {
    return nodeOf('step', { op: step.op, num: step.num, type: map.types.get(step.type) ?? '' });
  }
  if (step.op === 'noop' || step.op === 'emit') return nodeOf('step', { op: step.op });
  if (step.op === 'set' && NAMED_SETTINGS.includes(step.what)) {
    return nodeOf('step', { op: `set_${step.what}`, num: step.value });
  }
  const { code, arg1, arg2 } = rawStep(step);
  return nodeOf('step', { opcode: code, arg1, arg2 });
}

function chooseArgsNode(map: CrushMap): FormatNode {
  const sets = [...map.chooseArgs].sort(([a], [b]) => a - b);
  return objectNode(
    'choose_args',
    sets.map(([key, args]) => arrayNode(String(key), args.map(chooseArgNode))),
  );
}

function chooseArgNode({ bucketId, weightSets, ids }: CrushChooseArg): FormatNode {
  const weights = weightSets.map((set) =>
    arrayNode(
      'weights',
      set.map((weight) => valueNode('weight', Math.fround(weight) / 0x10000)),
    ),
  );
  const idNodes = ids.map((id) => valueNode('id', id));
  return objectNode('choose_args', [
    valueNode('bucket_id', bucketId),
    ...(weights.length > 0 ? [arrayNode('weight_set', weights)] : []),
    ...(idNodes.length > 0 ? [arrayNode('ids', idNodes)] : []),
  ]);
}
