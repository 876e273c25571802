import type { Plan } from '../../../../engine/mon/balancer/plans.ts';
import type { OsdMap } from '../../../../engine/osdmap/osd-map.ts';
import { byPg } from '../../../../engine/osdmap/pg-wire.ts';
import { crushMapNode } from '../../crushtool/dump.ts';
import { formatted } from '../../format/formatter.ts';
import { type FormatNode, nodeOf, objectNode, type PlainObject } from '../../format/tree.ts';

/** Members that say that nothing changes. */
const NOTHING: PlainObject = {
  ...{ modified: '0.000000', new_last_up_change: '0.000000', new_last_in_change: '0.000000' },
  ...{ new_max_osd: -1, new_pool_max: -1, new_flags: -1, mutate_allow_crimson: 0 },
  ...{ new_require_min_compat_client: 255, new_require_osd_release: 255 },
  ...{ new_pools: [], new_pool_names: [], old_pools: [], new_up_osds: [], new_weight: [], osd_state_xor: [] },
  ...{ new_pg_temp: [], primary_temp: [], new_pg_upmap: [], old_pg_upmap: [], old_pg_upmap_primaries: [] },
  ...{ new_up_thru: [], new_lost: [], new_last_clean_interval: [], new_blocklist: [], old_blocklist: [] },
  ...{ new_range_blocklist: [], old_range_blocklist: [], new_xinfo: [], new_uuid: [], new_removed_snaps: [] },
  ...{ erasure_code_profiles: {}, old_erasure_code_profiles: [] },
  ...{ new_full_ratio: -1, new_nearfull_ratio: -1, new_backfillfull_ratio: -1 },
};

/** What the formatter of 20.2.4 makes of what follows the purged snapshots: it lands in their array. */
const PURGED_SNAPS = [
  [],
  [],
  {
    ...{ change_stretch_mode: false, new_degraded_stretch_mode: 0, new_recovering_stretch_mode: 0 },
    ...{ new_stretch_bucket_count: 0, new_stretch_mode_bucket: 0, stretch_mode_enabled: false },
  },
];

/** Python shows a float that is whole with its point. */
const WHOLE_RATIO = /("new_\w*full_ratio": -1)\b/g;

/**
 * A plan as the incremental map that it is, all members by name: JSON, four blanks a level.
 *
 * @ceph src/pybind/mgr/balancer/module.py Plan.dump; src/osd/OSDMap.cc OSDMap::Incremental::dump — exact, but for a CRUSH
 *   map and a fsid that are the newest map's
 */
export function planText(map: OsdMap, plan: Plan): string {
  const own = nodeOf('plan', {
    ...NOTHING,
    epoch: plan.epoch + 1,
    fsid: map.fsid,
    new_pg_upmap_items: byPg(plan.set).map(([pgid, pairs]) => ({
      pgid,
      mappings: pairs.map(([from, to]) => ({ from, to })),
    })),
    old_pg_upmap_items: plan.clear,
    new_pg_upmap_primaries: byPg(plan.primaries).map(([pgid, primary_osd]) => ({ pgid, primary_osd })),
    new_purged_snaps: PURGED_SNAPS,
  });
  const children = own.kind === 'object' ? own.children : [];
  const whole = byName(objectNode('plan', [{ ...crushMapNode(map.crush), name: 'crush' }, ...children]));
  return formatted(whole, 'json-pretty').replace(WHOLE_RATIO, '$1.0');
}

/** Members in the order of their names, all the way down. */
function byName(node: FormatNode): FormatNode {
  if (node.kind === 'value') return node;
  const children = node.children.map(byName);
  if (node.kind === 'object') children.sort((a, b) => (a.name < b.name ? -1 : 1));
  return { ...node, children };
}
