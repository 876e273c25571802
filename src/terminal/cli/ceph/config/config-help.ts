import { ERRNO } from '../../../../engine/base/errno.ts';
import { CONFIG_OPTIONS, type ConfigOption } from '../../../../engine/mon/config/options.ts';
import { CONFIG_SUMMARIES } from '../../../../engine/mon/config/summaries.ts';
import type { Explain } from '../../explain/explain.ts';
import { arrayNode, nodeOf, objectNode, valueNode } from '../../format/tree.ts';
import { type CephAnswer, type CephCall, cephCommand, requiredText, shown } from '../ceph-command.ts';
import { text } from '../signatures.ts';
import { optionNotYet } from './config-set.ts';

export const configHelp = cephCommand({
  words: 'config help',
  summary: 'what an option is for, and what it may be',
  signature: [text('key')],
  answer: help,
});

export const configLs = cephCommand({
  words: 'config ls',
  summary: 'names of the options that this sandbox has',
  answer: (call) => {
    const names = [...CONFIG_OPTIONS.keys()].sort();
    return shown(
      call,
      () => names.map((name) => `${name}\n`).join(''),
      () => nodeOf('options', names, 'option'),
    );
  },
});

function help(call: CephCall): CephAnswer {
  const key = requiredText(call.args, 'key');
  const missing = optionNotYet(key);
  if (missing !== undefined) return missing;
  const option = CONFIG_OPTIONS.get(key);
  if (option === undefined) return { code: ERRNO.ENOENT, text: '' };
  return shown(
    call,
    () => helpText(option, call.explain),
    () => helpNode(option),
  );
}

/** A default as it is printed. */
function defaultOf({ type, default: value }: ConfigOption): string {
  return type === 'float' ? Number(value).toFixed(6) : value;
}

/** @ceph src/common/options.cc Option::print — exact, in our words */
function helpText(option: ConfigOption, say: Explain): string {
  const { name, type, level, min, max, choices, atRuntime = true, services } = option;
  return [
    `${name} - ${say(CONFIG_SUMMARIES[name] ?? '')}`,
    `  (${type}, ${level})`,
    `  Default: ${defaultOf(option)}`,
    ...(min === undefined ? [] : [`  Minimum: ${min}`]),
    ...(max === undefined ? [] : [`  Maximum: ${max}`]),
    ...(choices === undefined ? [] : [`  Possible values: ${choices.map((each) => ` ${each}`).join('')}`]),
    `  Can update at runtime: ${atRuntime}`,
    ...(services.length === 0 ? [] : [`  Services: [${services.join(', ')}]`]),
    '',
  ].join('\n');
}

/** An option with all that is known of it. */
export function helpNode(option: ConfigOption) {
  const { name, type, level, min, max, choices, atRuntime = true, services } = option;
  const isNumber = type !== 'str' && type !== 'bool';
  const value = isNumber ? Number(option.default) : type === 'bool' ? option.default === 'true' : option.default;
  const list = (title: string, item: string, texts: readonly string[]) =>
    arrayNode(
      title,
      texts.map((each) => valueNode(item, each)),
    );
  return objectNode('option', [
    ...['name', 'type', 'level', 'desc', 'long_desc'].map((key, at) =>
      valueNode(key, [name, type, level, CONFIG_SUMMARIES[name] ?? '', ''][at] ?? ''),
    ),
    valueNode('default', value),
    valueNode('daemon_default', ''),
    list('tags', 'tag', []),
    list('services', 'service', services),
    list('see_also', 'option', []),
    ...(choices === undefined ? [] : [list('enum_values', 'enum_value', choices)]),
    valueNode('min', min ?? ''),
    valueNode('max', max ?? ''),
    valueNode('can_update_at_runtime', atRuntime),
    list('flags', 'option', []),
  ]);
}
