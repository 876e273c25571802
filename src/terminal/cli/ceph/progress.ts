import { cephCommand } from './ceph-command.ts';

/** Work is not followed up by the manager here; nothing it could tell of outlasts a command. */
export const progress = cephCommand({
  words: 'progress',
  summary: 'how far long work of the cluster is',
  answer: () => ({ text: 'Nothing in progress' }),
});

export const progressJson = cephCommand({
  words: 'progress json',
  summary: 'the same, as JSON',
  answer: () => ({ output: `${JSON.stringify({ completed: [], events: [] }, null, 4)}\n` }),
});
