import { ERRNO } from '../../../../engine/base/errno.ts';
import { setConfig } from '../../../../engine/mon/config/change.ts';
import { argText, type CephAnswer, type CephCall, cephCommand, requiredText, structured } from '../ceph-command.ts';
import { isDaemon } from '../config/who.ts';
import { choice, optional, text } from '../signatures.ts';

const DEVICE = text('devid');

/** No disk of this cluster has a serial number. @ceph src/pybind/mgr/devicehealth/module.py, src/mgr/DaemonServer.cc — exact for a cluster without */
export const deviceCommands = [
  cephCommand({
    words: 'device info',
    summary: 'what is known of a disk',
    signature: [text('devid')],
    answer: ({ args }) => noDevice(requiredText(args, 'devid')),
  }),
  cephCommand({
    words: 'device ls-by-host',
    summary: 'disks of a host that have a serial number: none',
    signature: [text('host')],
    answer: ({ format }) => ({ output: format === 'plain' ? 'DEVICE  DEV  DAEMONS  EXPECTED FAILURE\n' : '[]\n' }),
  }),
  cephCommand({
    words: 'device ls-by-daemon',
    summary: 'disks of a daemon that have a serial number: none',
    signature: [text('who')],
    answer: ({ format, map, args }) => {
      const who = requiredText(args, 'who');
      if (!isDaemon(map, who)) return { code: ERRNO.ENOENT, text: `daemon ${who} not found` };
      return { output: format === 'plain' ? 'DEVICE  HOST:DEV  EXPECTED FAILURE\n' : '[]\n' };
    },
  }),
  cephCommand({
    words: 'device ls-lights',
    summary: 'disks whose lights blink',
    answer: (call) => structured(call, 'lights', { fault: [], ident: [] }),
  }),
  cephCommand({
    words: 'device set-life-expectancy',
    summary: 'say when a disk will fail',
    signature: [DEVICE, text('from'), optional(text('to'))],
    answer: () => ({}),
  }),
  cephCommand({
    words: 'device rm-life-expectancy',
    summary: 'say nothing of when a disk will fail',
    signature: [DEVICE],
    answer: () => ({}),
  }),
  cephCommand({
    words: 'device query-daemon-health-metrics',
    summary: 'what the disks of a daemon say: nothing',
    signature: [text('who')],
    answer: (call) => ofDaemon(call, { output: '{\n}\n' }),
  }),
  cephCommand({
    words: 'device scrape-daemon-health-metrics',
    summary: 'keep what the disks of a daemon say',
    signature: [text('who')],
    answer: (call) => ofDaemon(call, {}),
  }),
  cephCommand({
    words: 'device scrape-health-metrics',
    summary: 'keep what disks say',
    signature: [optional(DEVICE)],
    answer: ({ args }) => (argText(args, 'devid') === undefined ? {} : noDevice(requiredText(args, 'devid'))),
  }),
  cephCommand({
    words: 'device get-health-metrics',
    summary: 'what a disk has said',
    signature: [DEVICE, optional(text('sample'))],
    answer: ({ args }) => noDevice(requiredText(args, 'devid')),
  }),
  cephCommand({ words: 'device check-health', summary: 'look at how long disks will last', answer: () => ({}) }),
  cephCommand({
    words: 'device predict-life-expectancy',
    summary: 'ask a model when a disk will fail; there is none',
    signature: [DEVICE],
    answer: () => ({ code: ERRNO.EPERM, text: 'unable to enable any disk prediction model[local/cloud]' }),
  }),
  cephCommand({
    words: 'device light',
    summary: 'let the light of a disk blink; nobody here can',
    signature: [
      choice('enable', ['on', 'off']),
      DEVICE,
      optional(choice('light_type', ['ident', 'fault'])),
      { name: 'force', type: { kind: 'bool' }, optional: true, summary: 'though it is in use' },
    ],
    answer: () => ({ code: ERRNO.ENOENT, text: 'No orchestrator configured (try `ceph orch set backend`)' }),
  }),
  monitoring('on'),
  monitoring('off'),
];

/** Keeps the setting: disks that say nothing are asked or not. */
function monitoring(to: 'on' | 'off') {
  return cephCommand({
    words: `device monitoring ${to}`,
    summary: `${to === 'on' ? 'ask' : 'do not ask'} disks how they are`,
    answer: ({ monitor }) => {
      setConfig(monitor, 'mgr', 'mgr/devicehealth/enable_monitoring', String(to === 'on'));
      return {};
    },
  });
}

function noDevice(id: string): CephAnswer {
  return { code: ERRNO.ENOENT, text: `device ${id} not found` };
}

function ofDaemon({ map, args }: CephCall, answer: CephAnswer): CephAnswer {
  const who = requiredText(args, 'who');
  return isDaemon(map, who) ? answer : { code: ERRNO.EINVAL, text: 'not a valid mon or osd daemon name' };
}
