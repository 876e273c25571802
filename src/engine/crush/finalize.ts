import type { CrushBucket, CrushChooseArg, CrushMap } from './crush-map.ts';

/**
 * The map with the number of devices that its buckets and names need.
 *
 * @ceph src/crush/CrushWrapper.h CrushWrapper::finalize — exact
 */
export function finalized(map: CrushMap): CrushMap {
  let maxDevices = 0;
  for (const { items } of map.buckets.values()) for (const item of items) maxDevices = Math.max(maxDevices, item + 1);
  for (const id of map.names.keys()) maxDevices = Math.max(maxDevices, id + 1);
  return maxDevices === map.maxDevices ? map : { ...map, maxDevices };
}

/**
 * The map with choose_args only of straw2 buckets that are there, and weight sets as long as their bucket.
 *
 * @ceph src/crush/CrushWrapper.cc CrushWrapper::update_choose_args — exact
 */
export function fitChooseArgs(map: CrushMap): CrushMap {
  if (map.chooseArgs.size === 0) return map;
  const fitAll = (args: readonly CrushChooseArg[]) => {
    const positions = args.find((arg) => arg.weightSets.length > 0)?.weightSets.length ?? 1;
    return args.flatMap((arg) => fitArg(arg, map.buckets.get(arg.bucketId), positions));
  };
  return { ...map, chooseArgs: new Map([...map.chooseArgs].map(([key, args]) => [key, fitAll(args)])) };
}

function fitArg(arg: CrushChooseArg, bucket: CrushBucket | undefined, positions: number): CrushChooseArg[] {
  if (bucket?.alg !== 'straw2' || (arg.ids.length === 0 && arg.weightSets.length === 0)) return [];
  if (arg.weightSets.length !== positions) return [arg];
  const size = bucket.items.length;
  if (arg.weightSets.every((set) => set.length === size)) return [arg];
  const resized = (set: readonly number[]) => Array.from({ length: size }, (_, at) => set[at] ?? 0);
  return [{ ...arg, weightSets: arg.weightSets.map(resized) }];
}
