import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { CrushMap, CrushTunables } from '../../../engine/crush/crush-map.ts';
import { addBucket, rebuildClassRoots, reweightAll } from '../../../engine/crush/edit/buckets.ts';
import { setSubtreeClass } from '../../../engine/crush/edit/classes.ts';
import type { Location } from '../../../engine/crush/edit/find.ts';
import { insertItem } from '../../../engine/crush/edit/insert-item.ts';
import { createOrMoveItem, isAtLocation, moveBucket, updateItem } from '../../../engine/crush/edit/move-item.ts';
import { removeItem } from '../../../engine/crush/edit/remove-item.ts';
import { addSimpleRule, removeRule, ruleIdOf } from '../../../engine/crush/edit/rules.ts';
import { reweightItem } from '../../../engine/crush/edit/weights.ts';
import { streamText } from '../../../engine/crush/text.ts';
import { idOfName, typeByName } from '../../../engine/crush/tree.ts';
import type { Process } from '../../process.ts';
import type { OptionName } from './options.ts';
import { floatOf, type Request } from './request.ts';
import { exitCodeOf, ToolError } from './tool-error.ts';

const TUNABLE_OPTIONS: readonly (readonly [option: OptionName, key: keyof CrushTunables, mask: number])[] = [
  ['setChooseLocalTries', 'chooseLocalTries', -1],
  ['setChooseLocalFallbackTries', 'chooseLocalFallbackTries', -1],
  ['setChooseTotalTries', 'chooseTotalTries', -1],
  ['setChooseleafDescendOnce', 'chooseleafDescendOnce', 1],
  ['setChooseleafVaryR', 'chooseleafVaryR', 0xff],
  ['setChooseleafStable', 'chooseleafStable', 0xff],
  ['setStrawCalcVersion', 'strawCalcVersion', 0xff],
  ['setAllowedBucketAlgs', 'allowedBucketAlgs', -1],
];

/** Makes the changes that are asked for, in the order in which the tool makes them. */
export function* modifyMap(process: Process, request: Request, input: CrushMap): Task<CrushMap> {
  let map = withTunables(request, input);
  map = yield* reweightNamed(process, request, map);
  map = yield* removeNamed(process, request, map);
  map = placeItem(request, map);
  map = addNamedBucket(request, map);
  map = moveNamed(request, map);
  map = addRule(request, map);
  map = dropRule(request, map);
  if (request.has('reweight')) map = reweightAll(map);
  if (request.has('rebuildClassRoots')) map = rebuilt(map);
  for (const [bucket, className] of subtreeClasses(request)) map = subtreeClass(map, bucket, className);
  return map;
}

/** True where the line asks for a map to be made or changed, whether that changes anything or not. */
export function isModified(request: Request, before: CrushMap, after: CrushMap): boolean {
  const made: OptionName[] = ['compile', 'build', 'reweight', 'rebuildClassRoots', 'setSubtreeClass', 'reclassify'];
  const changed: OptionName[] = ['reweightItem', 'removeItem', 'addItem', 'updateItem', 'addBucket'];
  const tunables = TUNABLE_OPTIONS.some(([option]) => (request.number(option) ?? -1) >= 0);
  return tunables || before !== after || request.has(...made, ...changed);
}

function withTunables(request: Request, map: CrushMap): CrushMap {
  let { tunables } = map;
  for (const [option, key, mask] of TUNABLE_OPTIONS) {
    const value = request.number(option);
    if (value === undefined || value < 0) continue;
    tunables = { ...tunables, [key]: mask === 1 ? Math.min(value, 1) : (value & mask) >>> 0 };
  }
  return tunables === map.tunables ? map : { ...map, tunables };
}

/** Runs an edit; its error ends the tool with the errno. */
function orExit(edit: () => CrushMap, before = ''): CrushMap {
  try {
    return edit();
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`${before}crushtool ${cppStrerror(error.errno)}\n`, exitCodeOf(error.errno));
  }
}

/** The id that a name has; without one the tool ends. */
function idOrExit(map: CrushMap, name: string): number {
  const id = idOfName(map, name);
  if (id !== undefined) return id;
  throw new ToolError(` name ${name} dne\ncrushtool ${cppStrerror(ERRNO.ENOENT)}\n`, exitCodeOf(ERRNO.ENOENT));
}

function* reweightNamed(process: Process, request: Request, map: CrushMap): Task<CrushMap> {
  const [name = '', text] = request.last('reweightItem')?.values ?? [];
  if (name === '') return map;
  const weight = floatOf(text);
  yield* process.stdout.write(`crushtool reweighting item ${name} to ${streamText(weight)}\n`);
  const id = idOrExit(map, name);
  return orExit(() => reweightItem(map, id, weight));
}

function* removeNamed(process: Process, request: Request, map: CrushMap): Task<CrushMap> {
  const name = request.text('removeItem');
  if (name === '') return map;
  yield* process.stdout.write(`crushtool removing item ${name}\n`);
  const id = idOrExit(map, name);
  return orExit(() => removeItem(map, id));
}

function locationOf(request: Request): Location {
  return new Map(request.all('loc').map(({ values: [type = '', name = ''] }) => [type, name]));
}

function placeItem(request: Request, map: CrushMap): CrushMap {
  const given = request.last('addItem', 'updateItem');
  if (given === undefined || given.number < 0) return map;
  const [, weight, name = ''] = given.values;
  const item = { id: given.number, weight: floatOf(weight), name, location: locationOf(request) };
  return orExit(() => (request.has('updateItem') ? updateItem(map, item) : insertItem(map, item)));
}

function addNamedBucket(request: Request, map: CrushMap): CrushMap {
  const given = request.last('addBucket');
  if (given === undefined) return map;
  const [name = '', typeName = ''] = given.values;
  if (idOfName(map, name) !== undefined) {
    throw new ToolError(`crushtool bucket '${name}' already exists\n`, exitCodeOf(ERRNO.EEXIST));
  }
  const type = typeByName(map, typeName);
  if (type === undefined || type <= 0) {
    throw new ToolError(`crushtool bad bucket type: ${typeName}\n`, exitCodeOf(ERRNO.EINVAL));
  }
  const added = newBucket(map, name, type);
  const location = locationOf(request);
  return location.size === 0 ? added : placeNewBucket(added, name, location);
}

function newBucket(map: CrushMap, name: string, type: number): CrushMap {
  try {
    return addBucket(map, name, type);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`crushtool bad bucket name: ${name}\n`, exitCodeOf(error.errno));
  }
}

function placeNewBucket(map: CrushMap, name: string, location: Location): CrushMap {
  const id = idOfName(map, name) ?? 0;
  if (isAtLocation(map, id, location)) return map;
  try {
    return moveBucket(map, id, location);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const where = locationText(location);
    throw new ToolError(`crushtool error moving bucket '${name}' to ${where}\n`, exitCodeOf(error.errno));
  }
}

function locationText(location: Location): string {
  const sorted = [...location].sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${sorted.map(([type, name]) => `${type}=${name}`).join(',')}}`;
}

function moveNamed(request: Request, map: CrushMap): CrushMap {
  if (!request.has('move')) return map;
  const name = request.text('move');
  const id = idOfName(map, name);
  if (id === undefined) throw new ToolError(`crushtool item '${name}' does not exist\n`, exitCodeOf(ERRNO.ENOENT));
  const location = locationOf(request);
  if (location.size === 0) {
    throw new ToolError('crushtool expecting additional --loc argument to --move\n', exitCodeOf(ERRNO.EINVAL));
  }
  if (isAtLocation(map, id, location)) {
    throw new ToolError(`crushtool item '${name}' already at ${locationText(location)}\n`);
  }
  try {
    return id >= 0 ? createOrMoveItem(map, { id, weight: 0, name, location }) : moveBucket(map, id, location);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError('', exitCodeOf(error.errno));
  }
}

function addRule(request: Request, map: CrushMap): CrushMap {
  const given = request.last('createSimpleRule', 'createReplicatedRule');
  if (given === undefined) return map;
  const [name = '', root = '', failureDomain = '', mode = 'firstn'] = given.values;
  if (ruleIdOf(map, name) !== undefined) throw new ToolError(`rule ${name} already exists\n`);
  const deviceClass = request.text('deviceClass');
  try {
    return addSimpleRule(map, { name, root, failureDomain, deviceClass, mode, type: 'replicated' });
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`${error.context}\n`);
  }
}

function dropRule(request: Request, map: CrushMap): CrushMap {
  if (!request.has('removeRule')) return map;
  const name = request.text('removeRule');
  const id = ruleIdOf(map, name);
  if (id === undefined) throw new ToolError(`rule ${name} does not exist\n`, 0);
  try {
    return removeRule(map, id);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    throw new ToolError(`fail to remove rule ${name}\n`);
  }
}

function rebuilt(map: CrushMap): CrushMap {
  try {
    return rebuildClassRoots(map);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    // As the tool spells it.
    throw new ToolError('failed to rebuidl roots with classes\n');
  }
}

function subtreeClasses(request: Request): [bucket: string, className: string][] {
  const classes = new Map(request.all('setSubtreeClass').map(({ values: [bucket = '', name = ''] }) => [bucket, name]));
  return [...classes].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** As in Ceph, a bucket that is not there is passed over. */
function subtreeClass(map: CrushMap, bucket: string, className: string): CrushMap {
  try {
    return setSubtreeClass(map, bucket, className);
  } catch (error) {
    if (error instanceof CephError) return map;
    throw error;
  }
}
