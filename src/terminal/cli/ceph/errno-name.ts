import { ERRNO } from '../../../engine/base/errno.ts';

/** The name of an errno: `EINVAL` for 22. */
export function errnoName(errno: number): string {
  for (const [name, value] of Object.entries(ERRNO)) if (value === errno) return name;
  return String(errno);
}
