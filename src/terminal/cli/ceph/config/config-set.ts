import { optionNotHere, removeConfig, resetConfig, setConfig } from '../../../../engine/mon/config/change.ts';
import { EXIT_NOT_YET } from '../../command.ts';
import { answered, argNumber, type CephAnswer, cephCommand, requiredText } from '../ceph-command.ts';
import { optional, text } from '../signatures.ts';

/** An option that Ceph has and this sandbox has not. */
export function optionNotYet(name: string): CephAnswer | undefined {
  const other = optionNotHere(name);
  if (other === undefined) return undefined;
  return { code: EXIT_NOT_YET, text: `the option ${other} is not available in this sandbox yet` };
}

export const configSet = cephCommand({
  words: 'config set',
  summary: 'set an option for some daemons or all',
  signature: [
    text('who', 'global, osd, osd.3, osd/class:hdd, osd/host:ceph1'),
    text('name'),
    text('value'),
    optional({ name: 'force', type: { kind: 'bool' }, summary: 'set it although nobody knows it' }),
  ],
  answer: ({ monitor, args }) => {
    const name = requiredText(args, 'name');
    const missing = optionNotYet(name);
    return missing ?? answered(setConfig(monitor, requiredText(args, 'who'), name, requiredText(args, 'value')));
  },
});

export const configRm = cephCommand({
  words: 'config rm',
  summary: 'take a setting back',
  signature: [text('who'), text('name')],
  answer: ({ monitor, args }) => answered(removeConfig(monitor, requiredText(args, 'who'), requiredText(args, 'name'))),
});

export const configReset = cephCommand({
  words: 'config reset',
  summary: 'bring back all settings of an older version, by the number that `config log` shows',
  signature: [{ name: 'num', type: { kind: 'int', range: [0] } }],
  answer: ({ monitor, args }) => answered(resetConfig(monitor, argNumber(args, 'num') ?? 0)),
});
