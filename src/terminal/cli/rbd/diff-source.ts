import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { utf8Decode, utf8Encode } from '../../../engine/base/utf8.ts';
import { Decoder } from '../../../engine/codec/denc.ts';
import { type ByteSource, readExact } from './byte-source.ts';
import type { RbdRun } from './command.ts';

/** Reads parts of exports and diffs, and says which part could not be read. */

/** Who says it. */
type Teller = Pick<RbdRun, 'orTell'>;

/** Says nothing. */
export const SILENT: Teller = {
  *orTell(_words, task) {
    return yield* task;
  },
};

export function* readBanner(run: RbdRun, source: ByteSource, banner: string): Task<void> {
  const bytes = yield* run.orTell('failed to decode diff banner', readExact(source, utf8Encode(banner).length));
  if (utf8Decode(bytes) === banner) return;
  yield* run.complain('rbd: invalid or unexpected diff banner\n');
  throw new CephError('EINVAL', 'banner');
}

/** A tag's letter; in format 2 the length of what follows it as well, but for the tag `end`. */
export function* readTag(
  run: Teller,
  source: ByteSource,
  end: string,
  format: 1 | 2,
): Task<{ readonly tag: string; readonly length: number }> {
  const tag = utf8Decode(yield* run.orTell('failed to decode tag', readExact(source, 1)));
  const length = tag === end || format === 1 ? 0 : yield* readU64(run, source, 'tag length');
  return { tag, length };
}

export function* readU64(run: Teller, source: ByteSource, what: string): Task<number> {
  return new Decoder(yield* run.orTell(`failed to decode ${what}`, readExact(source, 8))).u64();
}

/** A string of at most `most` bytes; EINVAL for a longer one. */
export function* readText(run: Teller, source: ByteSource, most: number, what: string): Task<string> {
  const length = new Decoder(yield* run.orTell(`failed to decode ${what}`, readExact(source, 4))).u32();
  if (length > most) throw new CephError('EINVAL', what);
  return utf8Decode(yield* run.orTell(`failed to decode ${what}`, readExact(source, length)));
}

/** Passes over what this does not know. */
export function* skip(run: RbdRun, source: ByteSource, length: number): Task<void> {
  for (let left = length; left > 0; left -= SKIP_BYTES) {
    yield* run.orTell('failed to decode skipped tag data', readExact(source, Math.min(left, SKIP_BYTES)));
  }
}

const SKIP_BYTES = 4096;
