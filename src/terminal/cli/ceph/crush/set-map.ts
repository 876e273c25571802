import { setCrushMap } from '../../../../engine/mon/crush/set-map.ts';
import { answered, argNumber, cephCommand } from '../ceph-command.ts';
import { int, optional } from '../signatures.ts';

export const osdSetcrushmap = cephCommand({
  words: 'osd setcrushmap',
  summary: 'take a CRUSH map in its binary form, out of a file with -i',
  signature: [optional(int('prior_version'))],
  answer: ({ monitor, args, input }) => answered(setCrushMap(monitor, input, argNumber(args, 'prior_version'))),
});
