import { EXIT_NOT_YET } from '../command.ts';
import { cephCommand } from './ceph-command.ts';

/** It is offered as a near miss, and says that it is not here: the map of PGs in binary. */
export const pgGetmap = cephCommand({
  words: 'pg getmap',
  summary: 'the map of PGs, in binary',
  answer: () => ({ code: EXIT_NOT_YET, text: "'ceph pg getmap' is not available in this sandbox yet" }),
});
