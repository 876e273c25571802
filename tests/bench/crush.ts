import type { CrushBucket, CrushMap } from '../../src/engine/crush/crush-map.ts';
import { mapInputs } from '../../src/engine/crush/map-inputs.ts';
import { doRule } from '../../src/engine/crush/mapper.ts';
import { installSimdCore } from '../../src/engine/crush/simd-core.ts';
import { initialOsdMap, newPool } from '../../src/engine/osdmap/build.ts';
import { decodeOsdMap } from '../../src/engine/osdmap/decode.ts';
import { encodeOsdMap } from '../../src/engine/osdmap/encode.ts';
import type { OsdMap } from '../../src/engine/osdmap/osd-map.ts';
import { pgTableOf } from '../../src/engine/osdmap/pg-table.ts';
import { remap } from '../../src/engine/osdmap/remap.ts';

const [HOST, RACK, ROOT] = [1, 3, 11] as const;
const PGS = 65_536;

/** A cluster that is watched: OSDs of one weight on hosts of one size, and racks where there are any. */
export interface MappingCase {
  readonly name: string;
  readonly osds: number;
  readonly osdsPerHost: number;
  readonly hostsPerRack?: number;
  /** Mappings that a native tool does in some tenths of a second. */
  readonly nativeMappings: number;
}

export const MAPPING_CASES: readonly MappingCase[] = [
  { name: '9 OSDs on 3 hosts', osds: 9, osdsPerHost: 3, nativeMappings: 400_000 },
  { name: '1,000 OSDs on 50 hosts', osds: 1000, osdsPerHost: 20, nativeMappings: 60_000 },
  { name: '10,000 OSDs in 25 racks', osds: 10_000, osdsPerHost: 10, hostsPerRack: 40, nativeMappings: 40_000 },
];

function clusterOf({ osds, osdsPerHost, hostsPerRack }: MappingCase): OsdMap {
  const map = initialOsdMap({ fsid: '', created_us: 0, osds, osdsPerHost, weight: 1 });
  const pool = newPool({ id: 2, name: 'p', pgNum: PGS, size: 3, epoch: 1, now_us: 0 });
  const crush = hostsPerRack === undefined ? map.crush : inRacks(map.crush, hostsPerRack);
  return { ...map, fsid: '00000000-0000-4000-8000-000000000000', crush, pools: new Map([[2, pool]]) };
}

/** The map with its hosts in racks; the shadow tree of the class stays as it is. */
function inRacks(crush: CrushMap, hostsPerRack: number): CrushMap {
  const buckets = new Map(crush.buckets);
  const root = [...buckets.values()].find(({ id, type }) => type === ROOT && id === -1);
  const hosts = [...buckets.values()].filter(({ id, type }) => type === HOST && root?.items.includes(id));
  const racks: CrushBucket[] = [];
  for (let at = 0; at < hosts.length; at += hostsPerRack) {
    const own = hosts.slice(at, at + hostsPerRack);
    const weight = own.reduce((sum, host) => sum + host.weight, 0);
    const items = own.map(({ id }) => id);
    const itemWeights = own.map((host) => host.weight);
    racks.push({
      id: -1 - buckets.size - racks.length,
      type: RACK,
      alg: 'straw2',
      hash: 0,
      weight,
      items,
      itemWeights,
    });
  }
  for (const rack of racks) buckets.set(rack.id, rack);
  if (root === undefined) return crush;
  const [items, itemWeights] = [racks.map(({ id }) => id), racks.map(({ weight }) => weight)];
  const names = new Map([...crush.names, ...racks.map(({ id }, at): [number, string] => [id, `rack${at}`])]);
  return { ...crush, names, buckets: buckets.set(root.id, { ...root, items, itemWeights }) };
}

export interface MappingRate {
  /** Thousands of mappings a second, the best of some rounds: by the SIMD core, and by the plain mapper. */
  readonly core: number;
  readonly plain: number;
}

/** Maps 65,536 inputs again and again, for a core that is warm. */
export function mappingRate(which: MappingCase, rounds = 8): MappingRate {
  installSimdCore();
  const { crush, osds } = clusterOf(which);
  const weights = new Uint32Array(osds.length).fill(0x10000);
  const inputs = Int32Array.from({ length: PGS }, (_, x) => x);
  const batch = { map: crush, ruleId: 0, inputs, size: 3, weights };
  const plain = () => {
    for (let x = 0; x < PGS / 8; x++) doRule(crush, 0, x, 3, weights);
  };
  mapInputs(batch);
  return { core: best(rounds, PGS, () => mapInputs(batch)), plain: best(rounds / 2, PGS / 8, plain) };
}

/** Thousands a second, of the fastest round. */
function best(rounds: number, count: number, work: () => unknown): number {
  let rate = 0;
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    work();
    rate = Math.max(rate, count / (performance.now() - begun));
  }
  return rate;
}

export interface LargeMap {
  /** Median over OSDs that go out one after another, tables made anew included. */
  readonly oneOut_ms: number;
  readonly decode_ms: number;
  /** The first mapping of all PGs, of a map and a core that nobody has used yet where it is the first thing done. */
  readonly map_ms: number;
}

/** What is done with a map of 10,000 OSDs and 65,536 PGs. */
export function largeMap(): LargeMap {
  const bytes = encodeOsdMap(clusterOf(MAPPING_CASES[2] ?? { name: '', osds: 9, osdsPerHost: 3, nativeMappings: 0 }));
  const begun = performance.now();
  const map = decodeOsdMap(bytes);
  const decoded = performance.now();
  let table = pgTableOf(map);
  const mapped = performance.now();
  const times = Array.from({ length: 60 }, (_, round) => {
    const out = (round * 2477) % map.maxOsd;
    const osds = table.map.osds.map((osd, id) => (osd !== undefined && id === out ? { ...osd, weight: 0 } : osd));
    const next = { ...table.map, osds };
    const from = performance.now();
    table = remap(table, next).table;
    return performance.now() - from;
  });
  const oneOut_ms = times.sort((a, b) => a - b)[30] ?? 0;
  return { oneOut_ms, decode_ms: decoded - begun, map_ms: mapped - decoded };
}
