import { CephError } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import { reweightItem } from '../../../engine/crush/edit/weights.ts';
import { ONE } from '../../../engine/crush/fixed.ts';
import { PLAIN_MAP, VACANT_OSD } from '../../../engine/osdmap/extra.ts';
import type { OsdInfo, OsdMap } from '../../../engine/osdmap/osd-map.ts';
import { OSD_STATE } from '../../../engine/osdmap/osd-state.ts';
import { nextEpoch } from '../../../engine/osdmap/upmap/upmap-change.ts';
import type { Process } from '../../process.ts';
import { generalText } from '../format/fixed-text.ts';
import { has, type Request, textOf } from './arguments.ts';
import { itemWeights } from './test-map.ts';
import { ToolError } from './tool-error.ts';

/** A map, and whether it is to be written. */
export interface Changed {
  readonly map: OsdMap;
  readonly modified: boolean;
}

/** Marks OSDs and changes CRUSH weights, as asked for. @ceph src/tools/osdmaptool.cc main — exact */
export function* changeMap(process: Process, request: Request, given: OsdMap): Task<Changed> {
  const { stdout } = process;
  let map = given;
  if (has(request, 'markUpIn')) {
    yield* stdout.write('marking all OSDs up and in\n');
    map = allUpIn(map);
  }
  for (const [option, state, weight] of [
    ['markOut', 'out', 0],
    ['markUp', 'up', undefined],
    ['markIn', 'in', ONE],
  ] as const) {
    const id = Number.parseInt(textOf(request, option), 10);
    if (!(id >= 0 && id < map.maxOsd)) continue;
    yield* stdout.write(`marking OSD@${id} as ${state}\n`);
    map = marked(map, id, { up: state !== 'in', ...(weight === undefined ? {} : { weight }) });
  }
  const weighed = yield* adjustWeights(process, request, map);
  const clears = has(request, 'clearTemp');
  if (clears) yield* stdout.write('clearing pg/primary temp\n');
  // What is found is neither kept nor printed.
  if (has(request, 'cleanTemps')) yield* stdout.write('cleaning pg temps\n');
  return clears ? { ...weighed, map: { ...weighed.map, pgTemp: new Map(), primaryTemp: new Map() } } : weighed;
}

function allUpIn(map: OsdMap): OsdMap {
  const weights = itemWeights(map.crush);
  let next = map;
  for (let id = 0; id < map.maxOsd; id++) {
    if (weights.get(id) === 0) next = { ...next, crush: reweightItem(next.crush, id, 1) };
  }
  const osds = Array.from({ length: map.maxOsd }, (_, id) => ({ ...openOsd(map, id), up: true, weight: ONE }));
  return withOsds(next, osds);
}

/** An OSD with another state; one that does not exist does so once it is in. */
function marked(map: OsdMap, id: number, change: { up: boolean; weight?: number }): OsdMap {
  const osd = map.osds[id];
  if (osd === undefined && (change.weight ?? 0) === 0) return withUpVacant(map, id);
  const up = change.up || openOsd(map, id).up;
  const osds = map.osds.map((each, at) => (at === id ? { ...openOsd(map, id), ...change, up } : each));
  return withOsds(map, osds);
}

function openOsd(map: OsdMap, id: number): OsdInfo {
  const osd = map.osds[id];
  if (osd !== undefined) return osd;
  const { extra, ...vacant } = map.extra?.vacant.get(id) ?? VACANT_OSD;
  const { up, destroyed } = OSD_STATE;
  const stateBits = extra.stateBits & ~(up | destroyed);
  const states = { up: (extra.stateBits & up) !== 0, destroyed: (extra.stateBits & destroyed) !== 0 };
  return { ...vacant, ...states, extra: { ...extra, stateBits } };
}

function withOsds(map: OsdMap, osds: readonly (OsdInfo | undefined)[]): OsdMap {
  const extra = map.extra ?? PLAIN_MAP;
  const vacant = new Map([...extra.vacant].filter(([id]) => osds[id] === undefined));
  return { ...map, osds, extra: { ...extra, vacant } };
}

function withUpVacant(map: OsdMap, id: number): OsdMap {
  const extra = map.extra ?? PLAIN_MAP;
  const vacancy = extra.vacant.get(id) ?? VACANT_OSD;
  const stateBits = vacancy.extra.stateBits | OSD_STATE.up;
  const vacant = new Map(extra.vacant).set(id, { ...vacancy, extra: { ...vacancy.extra, stateBits } });
  return { ...map, extra: { ...extra, vacant } };
}

function* adjustWeights(process: Process, request: Request, given: OsdMap): Task<Changed> {
  let map = given;
  const texts = textOf(request, 'adjustCrushWeight')
    .split(',')
    .filter((text) => text !== '');
  for (const text of texts) {
    const [, id, weight] = /^([^:]*):(.*)$/s.exec(text) ?? [];
    if (id === undefined || weight === undefined) {
      throw new ToolError("osdmaptool: use ':' as separator of osd id and its weight\n", 1, true);
    }
    const [osd, value] = [Number.parseInt(id, 10), Math.fround(Number.parseFloat(weight))];
    if (Number.isNaN(osd) || Number.isNaN(value)) throw new ToolError(`osdmaptool: no weight of an OSD: ${text}\n`);
    map = { ...map, crush: reweightedIfThere(map, osd, value) };
    yield* process.stdout.write(`Adjusted osd.${osd} CRUSH weight to ${generalText(value, 6)}\n`);
    if (has(request, 'save')) map = nextEpoch(map);
  }
  return { map, modified: texts.length > 0 && has(request, 'save') };
}

/** The tool does not look whether there is such an OSD. */
function reweightedIfThere(map: OsdMap, osd: number, weight: number): OsdMap['crush'] {
  try {
    return reweightItem(map.crush, osd, weight);
  } catch (error) {
    if (error instanceof CephError) return map.crush;
    throw error;
  }
}
