import { encodeCrushMap } from '../../../engine/crush/encode.ts';
import { refused } from '../../../engine/mon/mon-answer.ts';
import { encodeOsdMap } from '../../../engine/osdmap/encode.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { answered, argNumber, type CephAnswer, type CephCall, cephCommand } from './ceph-command.ts';
import { optional } from './signatures.ts';
import { wholeMap } from './whole-map.ts';

const EPOCH = optional({ name: 'epoch', type: { kind: 'int', range: [0] } });

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd getmap" — exact, of the newest map */
export const osdGetmap = cephCommand({
  words: 'osd getmap',
  summary: 'the OSD map in its binary form, for a file with -o',
  signature: [EPOCH],
  answer: (call) =>
    otherEpoch(call) ?? {
      text: `got osdmap epoch ${call.map.epoch}`,
      bytes: encodeOsdMap(wholeMap(call.map, call.monitor), 'monitor'),
    },
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd getcrushmap" — exact, of the newest map */
export const osdGetcrushmap = cephCommand({
  words: 'osd getcrushmap',
  summary: 'the CRUSH map in its binary form, for a file with -o',
  signature: [EPOCH],
  answer: (call) => otherEpoch(call) ?? { text: String(call.map.crushVersion), bytes: encodeCrushMap(call.map.crush) },
});

function otherEpoch({ map, args }: CephCall): CephAnswer | undefined {
  const epoch = argNumber(args, 'epoch') || map.epoch;
  if (epoch > map.epoch) return answered(refused('ENOENT', `there is no map for epoch ${epoch}`));
  if (epoch === map.epoch) return undefined;
  return { code: EXIT_NOT_YET, text: 'maps of past epochs are not available in this sandbox yet' };
}
