import { encodeCrushMap } from '../../../engine/crush/encode.ts';
import { encodeOsdMap } from '../../../engine/osdmap/encode.ts';
import { cephCommand } from './ceph-command.ts';
import { atEpoch } from './epoch.ts';
import { optional } from './signatures.ts';
import { wholeMap } from './whole-map.ts';

const EPOCH = optional({ name: 'epoch', type: { kind: 'int', range: [0] } });

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd getmap" — exact; of a past map, when OSDs last changed is what the newest says */
export const osdGetmap = cephCommand({
  words: 'osd getmap',
  summary: 'the OSD map in its binary form, for a file with -o',
  signature: [EPOCH],
  answer: (call) =>
    atEpoch(call, ({ map, monitor }) => ({
      text: `got osdmap epoch ${map.epoch}`,
      bytes: encodeOsdMap(wholeMap(map, monitor), 'monitor'),
    })),
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd getcrushmap" — exact */
export const osdGetcrushmap = cephCommand({
  words: 'osd getcrushmap',
  summary: 'the CRUSH map in its binary form, for a file with -o',
  signature: [EPOCH],
  answer: (call) => atEpoch(call, ({ map }) => ({ text: String(map.crushVersion), bytes: encodeCrushMap(map.crush) })),
});
