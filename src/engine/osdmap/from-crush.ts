import { type CrushMap, type CrushRule, RULE_TYPE } from '../crush/crush-map.ts';
import { ONE } from '../crush/fixed.ts';
import { newOsd, newPool } from './build.ts';
import { minCompatClientOf } from './compat.ts';
import { NO_UUID, PLAIN_MAP } from './extra.ts';
import type { OsdInfo, OsdMap, PgPool } from './osd-map.ts';

/** Copies of a pool whose rule does not say how many. */
const USUAL_SIZE = 3;
/** PGs of all copies that an OSD is to have, as is recommended. */
const PGS_PER_OSD = 100;
const [LEAST_PGS, MOST_PGS] = [32, 65_536] as const;

/**
 * A map around a CRUSH map that came alone: all of its devices are OSDs that are up and in, and each rule has a pool
 * that is made up, named as the rule. So where PGs of a rule would be can be seen, not where anyone's are.
 */
export function mapAroundCrush(crush: CrushMap): OsdMap {
  const osds = osdsOf(crush);
  const count = osds.reduce((sum, osd) => sum + (osd === undefined ? 0 : 1), 0);
  const rules = [...crush.rules.values()].sort((a, b) => a.id - b.id);
  const pools = rules.map((rule, at) => poolOf(rule, at + 1, pgNumFor(rule, count, rules.length)));
  const map = {
    ...{ fsid: NO_UUID, epoch: 1, created_us: 0, modified_us: 0 },
    ...{ pools: new Map(pools.map((pool) => [pool.id, pool])), poolMax: pools.length, maxOsd: osds.length, osds },
    ...{ pgTemp: new Map(), primaryTemp: new Map() },
    ...{ pgUpmap: new Map(), pgUpmapItems: new Map(), pgUpmapPrimaries: new Map(), crush, crushVersion: 1 },
    ...{ erasureCodeProfiles: new Map(), flags: ['sortbitwise'], requireMinCompatClient: 'luminous' },
    ...{ requireOsdRelease: 'tentacle', fullRatio: 0.95, backfillfullRatio: 0.9, nearfullRatio: 0.85 },
    ...{ removedSnapsQueue: new Map(), extra: PLAIN_MAP },
  };
  return { ...map, minCompatClient: minCompatClientOf(map) };
}

function osdsOf(crush: CrushMap): (OsdInfo | undefined)[] {
  const osds: (OsdInfo | undefined)[] = new Array(crush.maxDevices).fill(undefined);
  for (const { items } of crush.buckets.values()) {
    for (const item of items) if (item >= 0) osds[item] = { ...newOsd(item, 1), uuid: NO_UUID, weight: ONE };
  }
  return osds;
}

function poolOf(rule: CrushRule, id: number, pgNum: number): PgPool {
  const erasure = rule.type === RULE_TYPE.erasure || rule.type === RULE_TYPE.msr_indep;
  const pool = newPool({ id, name: rule.name, pgNum, size: sizeOf(rule), epoch: 1, now_us: 0 });
  return { ...pool, type: erasure ? 'erasure' : 'replicated', crushRule: rule.id };
}

/** How many devices a rule gives, where its steps say it. */
function sizeOf({ steps }: CrushRule): number {
  let [size, here] = [0, 0];
  for (const step of steps) {
    if (step.op === 'take') here = 1;
    else if ('num' in step) {
      if (step.num <= 0) return USUAL_SIZE;
      here *= step.num;
    } else if (step.op === 'emit') [size, here] = [size + here, 0];
  }
  return size > 0 && size <= 32 ? size : USUAL_SIZE;
}

/** A power of two, so that all pools together give each OSD about as many PGs as is recommended. */
function pgNumFor(rule: CrushRule, osds: number, pools: number): number {
  const wanted = (osds * PGS_PER_OSD) / sizeOf(rule) / pools;
  const most = MOST_PGS / 2 ** Math.ceil(Math.log2(pools));
  return Math.max(LEAST_PGS, Math.min(most, 2 ** Math.round(Math.log2(Math.max(1, wanted)))));
}
