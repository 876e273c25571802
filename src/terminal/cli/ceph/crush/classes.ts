import { ERRNO } from '../../../../engine/base/errno.ts';
import { classOf } from '../../../../engine/crush/tree.ts';
import {
  createDeviceClass,
  devicesOfClass,
  removeClass,
  removeDeviceClasses,
  renameDeviceClass,
  setDeviceClasses,
} from '../../../../engine/mon/crush/device-classes.ts';
import { nodeOf } from '../../format/tree.ts';
import type { CephArg } from '../ceph-args.ts';
import {
  answered,
  argTexts,
  type CephAnswer,
  type CephCall,
  cephCommand,
  requiredText,
  shown,
  structured,
} from '../ceph-command.ts';
import { CLASS_CHARS, named, text } from '../signatures.ts';

const IDS: CephArg = { ...text('ids'), repeat: true, completes: 'osd' };

export const crushSetDeviceClass = cephCommand({
  words: 'osd crush set-device-class',
  summary: 'give OSDs a device class',
  description: 'An OSD that has another class loses it first with `osd crush rm-device-class`.',
  signature: [text('class'), IDS],
  answer: ({ monitor, args }) =>
    answered(setDeviceClasses(monitor, requiredText(args, 'class'), argTexts(args, 'ids'))),
});

export const crushRmDeviceClass = cephCommand({
  words: 'osd crush rm-device-class',
  summary: 'take the device class of OSDs away',
  signature: [IDS],
  answer: ({ monitor, args }) => answered(removeDeviceClasses(monitor, argTexts(args, 'ids'))),
});

export const crushGetDeviceClass = cephCommand({
  words: 'osd crush get-device-class',
  summary: 'the device class of OSDs',
  signature: [IDS],
  answer: getClasses,
});

function getClasses(call: CephCall): CephAnswer {
  const byOsd = new Map<number, string>();
  for (const word of argTexts(call.args, 'ids')) {
    const match = /^(?:osd\.)?(\d{1,9})$/.exec(word);
    if (match === null) return { code: ERRNO.EINVAL, text: `unable to parse osd id:'${word}'` };
    byOsd.set(Number(match[1]), classOf(call.map.crush, Number(match[1])) ?? '');
  }
  const found = [...byOsd].sort(([a], [b]) => a - b);
  return shown(
    call,
    () => plainClasses(found),
    () =>
      nodeOf(
        'osd_device_classes',
        found.map(([osd, device_class]) => ({ osd, device_class })),
        'osd_device_class',
      ),
  );
}

function plainClasses(found: readonly (readonly [osd: number, name: string])[]): string {
  const [first] = found;
  if (found.length === 1 && first !== undefined) return first[1] === '' ? '' : `${first[1]}\n`;
  return found.map(([osd, name]) => `osd.${osd} ${name}\n`).join('');
}

export const crushClassLs = cephCommand({
  words: 'osd crush class ls',
  summary: 'names of all device classes',
  answer: (call) => {
    const classes = [...call.map.crush.classNames].sort(([a], [b]) => a - b);
    return structured(
      call,
      'crush_classes',
      classes.map(([, name]) => name),
      { crush_classes: 'class' },
    );
  },
});

export const crushClassLsOsd = cephCommand({
  words: 'osd crush class ls-osd',
  summary: 'OSDs of a device class',
  signature: [named('class', 'string', CLASS_CHARS)],
  answer: (call) => {
    const osds = devicesOfClass(call.map.crush, requiredText(call.args, 'class'));
    return shown(
      call,
      () => osds.map((osd) => `${osd}\n`).join(''),
      () => nodeOf('osds', osds, 'osd'),
    );
  },
});

export const crushClassCreate = cephCommand({
  words: 'osd crush class create',
  summary: 'make a device class',
  signature: [named('class', 'string', CLASS_CHARS)],
  answer: ({ monitor, args }) => answered(createDeviceClass(monitor, requiredText(args, 'class'))),
});

export const crushClassRm = cephCommand({
  words: 'osd crush class rm',
  summary: 'remove a device class that no rule takes',
  signature: [named('class', 'string', CLASS_CHARS)],
  answer: ({ monitor, args }) => answered(removeClass(monitor, requiredText(args, 'class'))),
});

export const crushClassRename = cephCommand({
  words: 'osd crush class rename',
  summary: 'give a device class another name',
  signature: [named('srcname', 'string', CLASS_CHARS), named('dstname', 'string', CLASS_CHARS)],
  answer: ({ monitor, args }) =>
    answered(renameDeviceClass(monitor, requiredText(args, 'srcname'), requiredText(args, 'dstname'))),
});
