import type { JournalOptions } from '../../../engine/librbd/journal/create-journal.ts';
import { optionValue, type ParsedArgs } from '../command.ts';
import { bytesOption, countOption, invalid } from './values.ts';

const LEAST_BYTES = 4096;
const MOST_BYTES = 64 * 1024 * 1024;

/** How a new journal is to be; undefined where nothing is said. @ceph src/tools/rbd/Utils.cc get_journal_options — exact */
export function journalOptions(args: ParsedArgs): JournalOptions | undefined {
  const size = bytesOption(args, 'journal-object-size');
  if (size !== undefined && (size < LEAST_BYTES || size > MOST_BYTES)) invalid('journal-object-size');
  const splayWidth = countOption(args, 'journal-splay-width');
  const pool = optionValue(args, 'journal-pool');
  if (size === undefined && splayWidth === undefined && pool === undefined) return undefined;
  return {
    ...(size === undefined ? {} : { order: Math.ceil(Math.log2(size)) }),
    ...(splayWidth === undefined ? {} : { splayWidth }),
    ...(pool === undefined ? {} : { pool }),
  };
}
