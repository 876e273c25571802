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
  for (const { id, state, change } of marksOf(request, map.maxOsd)) {
    yield* stdout.write(`marking OSD@${id} as ${state}\n`);
    map = marked(map, id, change);
  }
  const weighed = yield* adjustWeights(process, request, map);
  const clears = has(request, 'clearTemp');
  if (clears) yield* stdout.write('clearing pg/primary temp\n');
  // What is found is neither kept nor printed.
  if (has(request, 'cleanTemps')) yield* stdout.write('cleaning pg temps\n');
  return clears ? { ...weighed, map: { ...weighed.map, pgTemp: new Map(), primaryTemp: new Map() } } : weighed;
}

/** One OSD that is marked. */
interface Mark {
  readonly id: number;
  readonly state: string;
  readonly change: { readonly up: boolean; readonly weight?: number };
}

/**
 * The OSDs to mark. Where one is marked up, Ceph takes --mark-in for that one and calls it up; without --mark-up Ceph
 * breaks down on --mark-in, and ours marks the OSD that is named.
 */
function marksOf(request: Request, maxOsd: number): Mark[] {
  const [out, up, isIn] = [markId(request, 'markOut'), markId(request, 'markUp'), markId(request, 'markIn')];
  const has = (id: number) => id >= 0 && id < maxOsd;
  const marks: Mark[] = [];
  if (has(out)) marks.push({ id: out, state: 'out', change: { up: true, weight: 0 } });
  if (has(up)) marks.push({ id: up, state: 'up', change: { up: true } });
  if (has(isIn)) {
    marks.push({ id: has(up) ? up : isIn, state: has(up) ? 'up' : 'in', change: { up: false, weight: ONE } });
  }
  return marks;
}

/** Ends the tool where an OSD to mark is no number. */
export function checkMarks(request: Request): void {
  for (const option of ['markOut', 'markUp', 'markIn'] as const) markId(request, option);
}

const INT_MAX = 0x7fff_ffff;

/** The id that an option names, as C++ reads numbers; -1 where it is not given. */
function markId(request: Request, option: 'markOut' | 'markUp' | 'markIn'): number {
  if (!has(request, option)) return -1;
  const reader = option === 'markOut' ? 'stoi' : 'stod';
  const text = textOf(request, option);
  const id = option === 'markOut' ? Number.parseInt(text, 10) : Math.trunc(Number.parseFloat(text));
  if (Number.isNaN(id)) throw brokeDown('invalid_argument', reader);
  if (Math.abs(id) > INT_MAX && option === 'markOut') throw brokeDown('out_of_range', reader);
  return id;
}

/** What a shell shows of a process that ended itself. */
const EXIT_ABORTED = 134;

/** How the tool ends on a text that is no number. */
function brokeDown(kind: 'invalid_argument' | 'out_of_range', reader: string): ToolError {
  const text = `terminate called after throwing an instance of 'std::${kind}'\n  what():  ${reader}\n`;
  return new ToolError(text, EXIT_ABORTED);
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
    if (Number.isNaN(osd)) throw brokeDown('invalid_argument', 'stoi');
    if (Number.isNaN(value)) throw brokeDown('invalid_argument', 'stof');
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
