import { must } from '../../../../engine/base/assert.ts';
import { ruleIdOf } from '../../../../engine/crush/edit/rules.ts';
import { idOfName } from '../../../../engine/crush/tree.ts';
import { refused } from '../../../../engine/mon/mon-answer.ts';
import { crushMapNode } from '../../crushtool/dump.ts';
import { tunablesNode } from '../../crushtool/dump-tunables.ts';
import { type FormatNode, nodeOf } from '../../format/tree.ts';
import { answered, argText, type CephCall, cephCommand, dumped, requiredText, shown } from '../ceph-command.ts';
import { choice, named, optional } from '../signatures.ts';

export const crushDump = cephCommand({
  words: 'osd crush dump',
  summary: 'all of the CRUSH map: devices, types, buckets, rules, tunables, weight sets',
  answer: (call) => dumped(call, crushMapNode(call.map.crush)),
});

export const crushShowTunables = cephCommand({
  words: 'osd crush show-tunables',
  summary: 'what CRUSH is set to, and which clients can work with it',
  answer: (call) => dumped(call, tunablesNode(call.map.crush)),
});

export const crushGetTunable = cephCommand({
  words: 'osd crush get-tunable',
  summary: 'the value of one tunable',
  signature: [choice('tunable', ['straw_calc_version'])],
  answer: (call) => {
    const { strawCalcVersion } = call.map.crush.tunables;
    return shown(
      call,
      () => `${strawCalcVersion}\n`,
      () => nodeOf('tunable', { straw_calc_version: strawCalcVersion }),
    );
  },
});

export const crushRuleDump = cephCommand({
  words: 'osd crush rule dump',
  summary: 'the steps of one rule, or of all',
  signature: [optional(named('name', 'rule'))],
  answer: (call) => {
    const rules = partOf(crushMapNode(call.map.crush), 'rules');
    const name = argText(call.args, 'name') ?? '';
    if (name === '') return dumped(call, rules);
    const id = ruleIdOf(call.map.crush, name);
    if (id === undefined) return answered(refused('ENOENT', `unknown crush rule '${name}'`));
    const ids = [...call.map.crush.rules.keys()].sort((a, b) => a - b);
    return dumped(call, must(childrenOf(rules)[ids.indexOf(id)], `rule ${id}`));
  },
});

export function partOf(node: FormatNode, name: string): FormatNode {
  return must(
    childrenOf(node).find((each) => each.name === name),
    name,
  );
}

function childrenOf(node: FormatNode): readonly FormatNode[] {
  return node.kind === 'value' ? [] : node.children;
}

export const crushLs = cephCommand({
  words: 'osd crush ls',
  summary: 'what stands in a bucket',
  signature: [named('node')],
  answer: (call) => {
    const name = requiredText(call.args, 'node');
    const { crush } = call.map;
    const id = idOfName(crush, name);
    if (id === undefined) return answered(refused('ENOENT', `node '${name}' does not exist`));
    const items = id >= 0 ? [id] : (crush.buckets.get(id)?.items ?? []);
    return names(
      call,
      'items',
      items.map((item) => crush.names.get(item) ?? ''),
    );
  },
});

export const crushRuleLs = cephCommand({
  words: 'osd crush rule ls',
  aliases: ['osd crush rule list'],
  summary: 'names of all rules',
  answer: (call) => {
    const rules = [...call.map.crush.rules.values()].sort((a, b) => a.id - b.id);
    return names(
      call,
      'rules',
      rules.map(({ name }) => name),
    );
  },
});

/** Names, one a line or as an array. */
export function names(call: CephCall, name: string, values: readonly string[]) {
  return shown(
    call,
    () => values.map((value) => `${value}\n`).join(''),
    () => nodeOf(name, values),
  );
}
