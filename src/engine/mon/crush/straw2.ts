import { edited } from '../../crush/edit/draft.ts';
import { rebuildShadowTrees } from '../../crush/edit/shadows.ts';
import { done, type MonAnswer } from '../mon-answer.ts';
import type { Monitor } from '../monitor.ts';
import { crushCommand, publishCrush } from './publish-crush.ts';

/**
 * Makes straw2 buckets of all straw ones; the items keep their weights.
 *
 * @ceph src/mon/OSDMonitor.cc prepare_command_impl "osd crush set-all-straw-buckets-to-straw2" — exact
 */
export function convertToStraw2(monitor: Monitor): MonAnswer {
  return crushCommand(monitor, (crush) => {
    const buckets = new Map(
      [...crush.buckets].map(([id, bucket]) => {
        const { derived: _, ...plain } = bucket;
        return [id, bucket.alg === 'straw' ? { ...plain, alg: 'straw2' as const } : bucket];
      }),
    );
    publishCrush(monitor, edited({ ...crush, buckets }, rebuildShadowTrees), '', 'straw buckets become straw2');
    return done('');
  });
}
