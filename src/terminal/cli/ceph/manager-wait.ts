import type { Task } from '../../../engine/base/task.ts';
import type { Cluster } from '../../../engine/cluster/cluster.ts';
import { managerState } from '../../../engine/mon/manager-state.ts';

/** How often is asked for the manager at most. */
const LOOK_US = 1000;

/** What the manager is asked waits until there is one. @ceph src/mgr/MgrClient.cc start_command — exact */
export function* untilManager(cluster: Cluster): Task<void> {
  for (;;) {
    const { phase, next_us } = managerState(cluster.records);
    if (phase === 'active' || next_us === null) return;
    yield Math.max(LOOK_US, next_us - cluster.now_us());
  }
}
