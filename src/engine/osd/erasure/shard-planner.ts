import { must } from '../../base/assert.ts';
import type { ShardPlanner } from './optimized-writes.ts';

let loaded: ShardPlanner | undefined;

/** Loads what plans reads and writes of optimized pools. A page that only shows a cluster needs none. */
export function loadShardPlanner(planner: ShardPlanner): void {
  loaded = planner;
}

export function plannerOfShards(): ShardPlanner {
  return must(loaded, 'the planner of shards');
}
