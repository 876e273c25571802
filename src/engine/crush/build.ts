import type { CrushBucket, CrushMap, CrushRule } from './crush-map.ts';
import { fixedWeight } from './fixed.ts';
import { rebuildClassRoots } from './shadow.ts';
import { OPTIMAL_TUNABLES } from './tunables.ts';

/** What a new OSD of a 20 GiB disk weighs: its size in TiB, as `ceph-osd` gives it. */
export const DEFAULT_OSD_WEIGHT = 0.01999;

/** Which OSDs stand on which hosts: OSD i on host ceph(i div osdsPerHost + 1). */
export interface CrushLayout {
  readonly osds: number;
  readonly osdsPerHost: number;
  /** CRUSH weight of every OSD that `weights` does not name; {@link DEFAULT_OSD_WEIGHT} where left out. */
  readonly weight?: number;
  readonly weights?: ReadonlyMap<number, number>;
}

/** @ceph src/osd/OSDMap.cc OSDMap::_build_crush_types — exact */
export const DEFAULT_TYPES: readonly string[] = [
  'osd',
  'host',
  'chassis',
  'rack',
  'row',
  'pdu',
  'pod',
  'room',
  'datacenter',
  'zone',
  'region',
  'root',
];

const HOST = 1;
const ROOT = DEFAULT_TYPES.indexOf('root');
const ROOT_ID = -1;
const HDD = 0;

const REPLICATED_RULE: CrushRule = {
  id: 0,
  name: 'replicated_rule',
  type: 1,
  minSize: 1,
  maxSize: 100,
  steps: [{ op: 'take', item: ROOT_ID }, { op: 'chooseleaf', mode: 'firstn', num: 0, type: HOST }, { op: 'emit' }],
};

/** The CRUSH map of a fresh cluster: root `default` (-1), hosts ceph1 (-2), ceph2 (-3) …, all OSDs of class hdd. */
export function freshCrushMap(layout: CrushLayout): CrushMap {
  const hosts = Array.from({ length: Math.ceil(layout.osds / layout.osdsPerHost) }, (_, n) => hostBucket(layout, n));
  const root = bucketOf(
    ROOT_ID,
    ROOT,
    hosts.map((host) => host.id),
    hosts.map((host) => host.weight),
  );
  const osds = Array.from({ length: layout.osds }, (_, id) => id);
  return rebuildClassRoots({
    tunables: OPTIMAL_TUNABLES,
    maxDevices: layout.osds,
    types: new Map(DEFAULT_TYPES.map((name, type) => [type, name])),
    buckets: new Map([root, ...hosts].map((bucket) => [bucket.id, bucket])),
    names: new Map([
      [ROOT_ID, 'default'],
      ...hosts.map((host, n): [number, string] => [host.id, `ceph${n + 1}`]),
      ...osds.map((id): [number, string] => [id, `osd.${id}`]),
    ]),
    rules: new Map([[REPLICATED_RULE.id, REPLICATED_RULE]]),
    deviceClasses: new Map(osds.map((id) => [id, HDD])),
    classNames: new Map(layout.osds > 0 ? [[HDD, 'hdd']] : []),
    classBuckets: new Map(),
    chooseArgs: new Map(),
  });
}

function hostBucket(layout: CrushLayout, n: number): CrushBucket {
  const first = n * layout.osdsPerHost;
  const count = Math.min(layout.osdsPerHost, layout.osds - first);
  const items = Array.from({ length: count }, (_, i) => first + i);
  const usual = layout.weight ?? DEFAULT_OSD_WEIGHT;
  const weights = items.map((id) => fixedWeight(layout.weights?.get(id) ?? usual));
  return bucketOf(ROOT_ID - 1 - n, HOST, items, weights);
}

function bucketOf(id: number, type: number, items: number[], itemWeights: number[]): CrushBucket {
  const weight = itemWeights.reduce((sum, each) => sum + each, 0);
  return { id, type, alg: 'straw2', hash: 0, weight, items, itemWeights };
}
