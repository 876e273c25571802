import { ERRNO } from '../../../../engine/base/errno.ts';
import { cephCommand, requiredText } from '../ceph-command.ts';
import { text } from '../signatures.ts';

/** There is one monitor, and it cannot be spared. @ceph src/mon/MonmapMonitor.cc "mon ok-to-rm", "mon ok-to-add-offline" — exact for one monitor */
export const monChangeQueries = [
  cephCommand({
    words: 'mon ok-to-rm',
    summary: 'could a monitor be taken away for good',
    signature: [text('id')],
    answer: ({ args }) => {
      const id = requiredText(args, 'id');
      if (id !== 'a') return { text: `mon.${id} does not exist` };
      return { code: ERRNO.EBUSY, text: 'removing mon.a would break quorum' };
    },
  }),
  cephCommand({
    words: 'mon ok-to-add-offline',
    summary: 'could a monitor be added that does not run yet',
    answer: () => ({
      code: ERRNO.EBUSY,
      text: 'adding a monitor may break quorum (until that monitor starts)',
    }),
  }),
  cephCommand({ words: 'mon scrub', summary: 'compare what the monitors keep: there is one', answer: () => ({}) }),
];
