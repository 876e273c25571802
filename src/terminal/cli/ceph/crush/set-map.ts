import { setCrushMap } from '../../../../engine/mon/crush/set-map.ts';
import { convertToStraw2 } from '../../../../engine/mon/crush/straw2.ts';
import { answered, argNumber, type CephCall, cephCommand } from '../ceph-command.ts';
import { int, optional } from '../signatures.ts';

const SPEC = {
  summary: 'take a CRUSH map in its binary form, out of a file with -i',
  signature: [optional(int('prior_version'))],
  answer: ({ monitor, args, input }: CephCall) =>
    answered(setCrushMap(monitor, input, argNumber(args, 'prior_version'))),
};

export const osdSetcrushmap = cephCommand({ words: 'osd setcrushmap', ...SPEC });

/** The other form of `osd crush set`. */
export const crushSetMap = cephCommand({ words: 'osd crush set', ...SPEC });

export const crushStraw2 = cephCommand({
  words: 'osd crush set-all-straw-buckets-to-straw2',
  summary: 'make straw2 buckets of all straw ones',
  answer: ({ monitor }) => answered(convertToStraw2(monitor)),
});
