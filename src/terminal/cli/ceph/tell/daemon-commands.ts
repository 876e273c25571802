import { ERRNO } from '../../../../engine/base/errno.ts';
import { CONFIG_OPTIONS } from '../../../../engine/mon/config/options.ts';
import { configValue } from '../../../../engine/mon/config/value.ts';
import {
  type CephAnswer,
  type CephCall,
  type CephCommand,
  cephCommand,
  requiredText,
  structured,
} from '../ceph-command.ts';
import { optionNotYet } from '../config/config-set.ts';
import { placeOf } from '../config/who.ts';
import { text } from '../signatures.ts';

/** What every daemon answers. */
export function daemonCommands(who: string): CephCommand[] {
  return [
    cephCommand({
      words: 'version',
      summary: 'the release that it runs',
      answer: (call) => structured(call, 'version', { version: '20.2.4', release: 'tentacle', release_type: 'stable' }),
    }),
    cephCommand({
      words: 'config get',
      summary: 'what an option is for it',
      signature: [text('var')],
      answer: (call) => configGet(call, who),
    }),
  ];
}

function configGet(call: CephCall, who: string): CephAnswer {
  const name = requiredText(call.args, 'var');
  const missing = optionNotYet(name);
  if (missing !== undefined) return missing;
  const option = CONFIG_OPTIONS.get(name);
  if (option === undefined)
    return { code: ERRNO.ENOENT, text: `error getting '${name}': (2) No such file or directory` };
  const value = configValue(call.monitor.context.records, who, name, placeOf(call.map, who));
  return structured(call, 'config', { [name]: option.type === 'float' ? Number(value).toFixed(6) : value });
}
