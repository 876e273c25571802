import { ERRNO } from '../../../engine/base/errno.ts';
import { EXIT_NOT_YET } from '../command.ts';
import { cephCommand, isOn, requiredText } from './ceph-command.ts';
import { lastStatSeq } from './osd-seq.ts';
import { OSD, PGID, POOL, SURE } from './signatures.ts';

export const osdLastStatSeq = cephCommand({
  words: 'osd last-stat-seq',
  summary: 'the number of the newest report of an OSD',
  signature: [OSD],
  answer: (call) => {
    const id = Number(requiredText(call.args, 'id'));
    return { output: call.map.osds[id] === undefined ? '0\n' : `${lastStatSeq(call, id)}\n` };
  },
});

export const osdForceCreatePg = cephCommand({
  words: 'osd force-create-pg',
  summary: 'make a lost placement group anew, without what was in it',
  signature: [PGID, SURE],
  answer: (call) => {
    if (isOn(call.args, 'yes_i_really_mean_it'))
      return { code: EXIT_NOT_YET, text: "'ceph osd force-create-pg' is not available in this sandbox yet" };
    return {
      code: ERRNO.EPERM,
      text:
        'This command will recreate a lost (as in data lost) PG with data in it, such that the cluster will give up ' +
        'ever trying to recover the lost data.  Do this only if you are certain that all copies of the PG are in fact ' +
        'lost and you are willing to accept that the data is permanently destroyed.  Pass --yes-i-really-mean-it to ' +
        'proceed.',
    };
  },
});

/** @ceph src/mon/OSDMonitor.cc preprocess_command "osd pool stretch show" — exact: no pool here is one */
export const poolStretchShow = cephCommand({
  words: 'osd pool stretch show',
  summary: 'how a pool is spread over sites: none is',
  signature: [POOL],
  answer: ({ monitor, args }) => {
    const name = requiredText(args, 'pool');
    if (monitor.findPool(name) === undefined) return { code: ERRNO.ENOENT, text: `unrecognized pool '${name}'` };
    return { code: ERRNO.ENOENT, text: `${name}  is not a stretch pool.` };
  },
});
