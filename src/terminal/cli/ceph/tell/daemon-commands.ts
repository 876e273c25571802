import { ERRNO } from '../../../../engine/base/errno.ts';
import { CONFIG_OPTIONS } from '../../../../engine/mon/config/options.ts';
import { formatted } from '../../format/formatter.ts';
import { arrayNode, objectNode } from '../../format/tree.ts';
import { argText, type CephAnswer, type CephCall, type CephCommand, cephCommand, structured } from '../ceph-command.ts';
import { helpNode } from '../config/config-help.ts';
import { optionNotYet } from '../config/config-set.ts';
import { optional, text } from '../signatures.ts';
import { configCommands } from './config-commands.ts';

const GIT_VERSION = '7f793731f1b39eb4f465e960113d2363c311b964';

/** What every daemon answers. */
export function daemonCommands(who: string): CephCommand[] {
  return [
    cephCommand({
      words: 'version',
      summary: 'the release that it runs',
      answer: (call) => structured(call, 'version', { version: '20.2.4', release: 'tentacle', release_type: 'stable' }),
    }),
    cephCommand({
      words: 'git_version',
      summary: 'the state of the source that it was made from',
      answer: (call) => structured(call, 'git_version', { git_version: GIT_VERSION }),
    }),
    ...configCommands(who),
    cephCommand({
      words: 'config help',
      summary: 'what an option is for',
      signature: [optional(text('var'))],
      answer: optionHelp,
    }),
  ];
}

function optionHelp(call: CephCall): CephAnswer {
  const name = argText(call.args, 'var');
  const missing = name === undefined ? undefined : optionNotYet(name);
  if (missing !== undefined) return missing;
  const options = [...CONFIG_OPTIONS.values()].filter((option) => name === undefined || option.name === name);
  if (options.length === 0) return { code: ERRNO.ENOENT, text: `setting '${name}' not found` };
  const nodes = options.map(helpNode);
  const tree = name === undefined ? arrayNode('options', nodes) : objectNode('option', nodes);
  const format = call.format === 'plain' ? 'json-pretty' : call.format;
  return { output: formatted(tree, format) + (format === 'json-pretty' ? '\n' : '') };
}
