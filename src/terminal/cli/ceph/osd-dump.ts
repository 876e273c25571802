import { mapNode } from '../osdmaptool/map-dump.ts';
import { mapText } from '../osdmaptool/map-text.ts';
import { type CephAnswer, type CephCall, cephCommand, shown } from './ceph-command.ts';
import { atEpoch } from './epoch.ts';
import { int, optional } from './signatures.ts';
import { wholeMap } from './whole-map.ts';

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd dump" — exact; of a past map, when OSDs last changed is what the newest says */
export const osdDump = cephCommand({
  words: 'osd dump',
  summary: 'all of the OSD map',
  signature: [optional(int('epoch'))],
  answer: (call) => atEpoch(call, dump),
});

function dump(call: CephCall): CephAnswer {
  const map = wholeMap(call.map, call.monitor);
  return shown(
    call,
    // As osdmaptool prints it, but for its empty lines.
    () => mapText(map).replaceAll('\n\n', '\n'),
    () => mapNode(map),
  );
}
