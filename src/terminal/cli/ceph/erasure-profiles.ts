import { removeErasureProfile, setErasureProfile } from '../../../engine/mon/erasure-profile.ts';
import { refused } from '../../../engine/mon/mon-answer.ts';
import { objectNode, valueNode } from '../format/tree.ts';
import {
  answered,
  argTexts,
  type CephAnswer,
  type CephCall,
  cephCommand,
  isOn,
  requiredText,
  shown,
} from './ceph-command.ts';
import { names } from './crush/dump.ts';
import { named, optional, SURE, text } from './signatures.ts';

const NAME = named('name', 'string');

export const profileSet = cephCommand({
  words: 'osd erasure-code-profile set',
  summary: 'make a profile for erasure pools: k=4 m=2 crush-failure-domain=host …',
  signature: [
    NAME,
    optional({ ...text('profile'), repeat: true }),
    { name: 'force', type: { kind: 'bool' }, optional: true, summary: 'over one of other values, too' },
    SURE,
  ],
  answer: set,
});

function set({ monitor, args }: CephCall): CephAnswer {
  const words = argTexts(args, 'profile');
  const [force, sure] = [isOn(args, 'force'), isOn(args, 'yes_i_really_mean_it')];
  return answered(setErasureProfile(monitor, { name: requiredText(args, 'name'), words, force, sure }));
}

export const profileGet = cephCommand({
  words: 'osd erasure-code-profile get',
  summary: 'what a profile says',
  signature: [NAME],
  answer: (call) => {
    const name = requiredText(call.args, 'name');
    const profile = call.map.erasureCodeProfiles.get(name);
    if (profile === undefined) return answered(refused('ENOENT', `unknown erasure code profile '${name}'`));
    return shown(
      call,
      () => [...profile].map(([key, value]) => `${key}=${value}\n`).join(''),
      () =>
        objectNode(
          'profile',
          [...profile].map(([key, value]) => valueNode(key, value)),
        ),
      '\n',
    );
  },
});

export const profileLs = cephCommand({
  words: 'osd erasure-code-profile ls',
  summary: 'names of all profiles for erasure pools',
  answer: (call) => names(call, 'erasure-code-profiles', [...call.map.erasureCodeProfiles.keys()]),
});

export const profileRm = cephCommand({
  words: 'osd erasure-code-profile rm',
  summary: 'remove a profile that no pool uses',
  signature: [NAME],
  answer: ({ monitor, args }) => answered(removeErasureProfile(monitor, requiredText(args, 'name'))),
});
