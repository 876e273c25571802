import { EXIT_NOT_YET } from '../command.ts';
import type { CephArg } from './ceph-args.ts';
import { type CephCommand, cephCommand } from './ceph-command.ts';
import { text } from './signatures.ts';

/** A command that is known by its signature alone: it is offered as a near miss, and says that it is not here. */
function notHere(words: string, summary: string, ...signature: readonly CephArg[]): CephCommand {
  const missing = `'ceph ${words}' is not available in this sandbox yet`;
  return cephCommand({ words, summary, signature, answer: () => ({ code: EXIT_NOT_YET, text: missing }) });
}

export const pgGetmap = notHere('pg getmap', 'the map of PGs, in binary');

/** Settings of the autoscaler. */
export const autoscalerSettings = [
  notHere('osd pool set threshold', 'how far pg_num may be from the best', { ...text('num'), type: { kind: 'float' } }),
  notHere('osd pool set noautoscale', 'let no pool be scaled'),
];
