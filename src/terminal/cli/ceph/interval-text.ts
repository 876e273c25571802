import type { IntervalSet } from '../../../engine/base/interval-set.ts';

/** `[1~2,5~1]`, in hex as Ceph prints snapshot intervals. */
export function intervalText(set: IntervalSet): string {
  return `[${set.map(({ off, len }) => `${off.toString(16)}~${len.toString(16)}`).join(',')}]`;
}
