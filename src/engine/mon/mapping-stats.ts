import { streamText } from '../crush/text.ts';
import type { OsdMap } from '../osdmap/osd-map.ts';
import { mapperOf } from '../osdmap/pg-mapper.ts';

const float = Math.fround;

/** How many PGs there are on each OSD, before and after. */
interface Spread {
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly copies: number;
  readonly moved: number;
}

/**
 * What becomes of the spread of PGs over OSDs when one map follows another. Undefined where no OSD is up and in.
 *
 * @ceph src/osd/OSDMap.cc OSDMap::summarize_mapping_stats — exact, plain text
 */
export function mappingStatsText(
  map: OsdMap,
  next: OsdMap,
  pools: ReadonlySet<number> | undefined,
): string | undefined {
  const spread = spreadOf(map, next, pools);
  const osds = map.osds.flatMap((osd, id) => (osd?.up === true && osd.weight > 0 ? [id] : []));
  if (osds.length === 0) return undefined;
  const { before, after, copies, moved } = spread;
  const average = float(copies / osds.length);
  const deviation = (counts: readonly number[]) => {
    let sum = 0;
    for (const id of osds) {
      const off = float((counts[id] ?? 0) - average);
      sum = float(sum + float(off * off));
    }
    return float(Math.sqrt(float(sum / osds.length)));
  };
  const line = (what: string, id: number) => {
    const [was, is] = [before[id] ?? 0, after[id] ?? 0];
    const means = `${streamText(float(was / average))} -> ${streamText(float(is / average))}`;
    return `${what} osd.${id} with ${was} -> ${is} pgs (${means} * mean)\n`;
  };
  const least = osds.reduce((a, b) => ((before[b] ?? 0) < (before[a] ?? 0) ? b : a));
  const most = osds.reduce((a, b) => ((before[b] ?? 0) > (before[a] ?? 0) ? b : a));
  const expected = float(Math.sqrt(average * (1 - 1 / osds.length)));
  const percent = copies === 0 ? 0 : float((moved * 100) / copies);
  return (
    `moved ${moved} / ${copies} (${streamText(percent)}%)\navg ${streamText(average)}\n` +
    `stddev ${streamText(deviation(before))} -> ${streamText(deviation(after))}` +
    ` (expected baseline ${streamText(expected)})\n${line('min', least)}${line('max', most)}`
  );
}

function spreadOf(map: OsdMap, next: OsdMap, only: ReadonlySet<number> | undefined): Spread {
  const before = new Array<number>(map.maxOsd).fill(0);
  const after = new Array<number>(map.maxOsd).fill(0);
  let [copies, moved] = [0, 0];
  for (const pool of map.pools.values()) {
    if (only !== undefined && !only.has(pool.id)) continue;
    for (let seed = 0; seed < pool.pgNum; seed++) {
      const { up } = mapperOf(map).get(pool, seed);
      const { up: to } = mapperOf(next).get(pool, seed);
      copies += pool.size;
      count(before, up);
      count(after, to);
      if (pool.type === 'erasure') moved += up.filter((osd, at) => osd !== to[at]).length;
      else moved += to.filter((osd) => !up.includes(osd)).length;
    }
  }
  return { before, after, copies, moved };
}

function count(counts: number[], osds: readonly number[]): void {
  for (const osd of osds) if (osd >= 0 && osd < counts.length) counts[osd] = (counts[osd] ?? 0) + 1;
}
