import { encodeCrushMap } from '../../../engine/crush/encode.ts';
import { encodeOsdMap } from '../../../engine/osdmap/encode.ts';
import { cephCommand } from './ceph-command.ts';
import { otherEpoch } from './epoch.ts';
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
