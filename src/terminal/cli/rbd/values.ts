import { isErrno } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { EXIT_NOT_YET, optionValue, type ParsedArgs } from '../command.ts';
import { RbdError } from './rbd-error.ts';

/** Values of options, checked as the real tool's validators do: what is wrong ends the tool with exit code 1. */

const UNITS = 'BKMGTPE';
const SIZE = /^\+?(\d+)(?:(B)|([KMGTPE])(?:iB?|B)?)?$/;

/**
 * A whole number with a unit of powers of 1024; without one it counts `defaultUnit`. Undefined where it is no size.
 * @ceph src/common/strtol.cc strict_iecstrtoll — exact
 */
export function parseSize(text: string, defaultUnit: 'B' | 'M'): number | undefined {
  const match = SIZE.exec(text);
  if (match === null) return undefined;
  const bytes = Number(match[1]) * 1024 ** UNITS.indexOf(match[2] ?? match[3] ?? defaultUnit);
  return bytes < 2 ** 63 ? bytes : undefined;
}

/** An image's size, in bytes; a bare number counts MiB. @ceph src/tools/rbd/ArgumentTypes.cc validate ImageSize */
export function sizeOption(args: ParsedArgs, long = 'size'): number | undefined {
  return sized(args, long, 'M');
}

/** A size of which a bare number counts bytes. */
export function bytesOption(args: ParsedArgs, long: string): number | undefined {
  return sized(args, long, 'B');
}

function sized(args: ParsedArgs, long: string, unit: 'B' | 'M'): number | undefined {
  const text = optionValue(args, long);
  if (text === undefined) return undefined;
  return parseSize(text, unit) ?? invalid(long);
}

const WORD = 2 ** 64;

/** A whole number from 0. The real tool reads one below as it stands in 64 bits without a sign: very large. */
export function countOption(args: ParsedArgs, long: string): number | undefined {
  const text = optionValue(args, long);
  if (text === undefined) return undefined;
  if (/^-0*[1-9]\d{0,14}$/.test(text)) return WORD + Number(text);
  if (!/^\d{1,15}$/.test(text)) throw new RbdError(`the argument ('${text}') for option '--${long}' is invalid`, 1);
  return Number(text);
}

/** Runs what makes an image of some size; one that cannot be counted here is told as such. */
export function* orTooLarge<T>(task: Task<T>): Task<T> {
  try {
    return yield* task;
  } catch (error) {
    if (!isErrno(error, 'EFBIG')) throw error;
    throw new RbdError('sizes of 8 PiB and more are not there yet in Radoscope', EXIT_NOT_YET);
  }
}

export function invalid(long: string): never {
  throw new RbdError(`the argument for option '--${long}' is invalid`, 1);
}

/** `--export-format`: 1 unless given. */
export function formatOption(args: ParsedArgs, long: string): 1 | 2 {
  const text = optionValue(args, long) ?? '1';
  return text === '1' ? 1 : text === '2' ? 2 : invalid(long);
}
