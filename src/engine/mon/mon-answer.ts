import { ERRNO, type ErrnoName } from '../base/errno.ts';

/**
 * What the monitor answers to a command: an errno (0 is success) and a text, which the real `ceph` prints on
 * standard error either way, after `Error EINVAL: ` where it failed.
 */
export interface MonAnswer {
  readonly code: number;
  readonly text: string;
}

export function done(text: string): MonAnswer {
  return { code: 0, text };
}

export function refused(errno: ErrnoName, text: string): MonAnswer {
  return { code: ERRNO[errno], text };
}

export function noSuchPool(name: string): MonAnswer {
  return refused('ENOENT', `unrecognized pool '${name}'`);
}
