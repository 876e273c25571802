import { ERRNO } from '../../../../engine/base/errno.ts';
import { type CephAnswer, cephCommand, requiredText, structured } from '../ceph-command.ts';
import { isDaemon } from '../config/who.ts';
import { text } from '../signatures.ts';

/** Nothing crashes here: what is told of a crash is that there is none of that name. @ceph src/pybind/mgr/crash/module.py — exact for a cluster without crashes */
const CRASH_ID = text('id', 'as crash ls tells');
const noCrash = (id: string): CephAnswer => ({ text: `crash info: ${id} not found` });

export const crashCommands = [
  cephCommand({
    words: 'crash info',
    summary: 'all that is known of a crash',
    signature: [CRASH_ID],
    answer: ({ args }) => noCrash(requiredText(args, 'id')),
  }),
  cephCommand({
    words: 'crash archive',
    summary: 'hear no more of a crash',
    signature: [CRASH_ID],
    answer: ({ args }) => noCrash(requiredText(args, 'id')),
  }),
  cephCommand({ words: 'crash archive-all', summary: 'hear no more of all crashes', answer: () => ({}) }),
  cephCommand({ words: 'crash rm', summary: 'forget a crash', signature: [CRASH_ID], answer: () => ({}) }),
  cephCommand({
    words: 'crash prune',
    summary: 'forget crashes that are so many days old',
    signature: [text('keep')],
    answer: () => ({}),
  }),
  cephCommand({
    words: 'crash json_report',
    summary: 'crashes of so many hours, by daemon',
    signature: [text('hours')],
    answer: () => ({ output: '{}\n' }),
  }),
];

/** No disk of this cluster has a serial number. @ceph src/pybind/mgr/devicehealth/module.py, src/mgr/DaemonServer.cc — exact for a cluster without */
export const deviceCommands = [
  cephCommand({
    words: 'device info',
    summary: 'what is known of a disk',
    signature: [text('devid')],
    answer: ({ args }) => ({ code: ERRNO.ENOENT, text: `device ${requiredText(args, 'devid')} not found` }),
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
];
