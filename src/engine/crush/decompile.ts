import type { CrushChooseArg, CrushMap } from './crush-map.ts';
import { bucketLines } from './decompile-bucket.ts';
import { ruleLines } from './decompile-rule.ts';
import { fixedPointText } from './text.ts';
import { LEGACY_TUNABLES } from './tunables.ts';

/**
 * A map as text, as `crushtool -d` prints it. EINVAL where a rule takes a shadow tree whose bucket or class is gone.
 *
 * @ceph src/crush/CrushCompiler.cc CrushCompiler::decompile — exact
 */
export function decompileCrushMap(map: CrushMap): string {
  const lines = [
    '# begin crush map',
    ...tunableLines(map),
    '',
    '# devices',
    ...deviceLines(map),
    '',
    '# types',
    ...typeLines(map),
    '',
    '# buckets',
    ...bucketsInOrder(map).flatMap((id) => bucketLines(map, id)),
    '',
    '# rules',
    ...[...map.rules.values()].sort((a, b) => a.id - b.id).flatMap((rule) => ruleLines(map, rule)),
    ...chooseArgsLines(map),
    '',
    '# end crush map',
  ];
  return `${lines.join('\n')}\n`;
}

/** Tunables that differ from those of the first releases; the MSR ones both or none. */
function tunableLines({ tunables }: CrushMap): string[] {
  const old = LEGACY_TUNABLES;
  const named = [
    ['choose_local_tries', tunables.chooseLocalTries, old.chooseLocalTries],
    ['choose_local_fallback_tries', tunables.chooseLocalFallbackTries, old.chooseLocalFallbackTries],
    ['choose_total_tries', tunables.chooseTotalTries, old.chooseTotalTries],
    ['chooseleaf_descend_once', tunables.chooseleafDescendOnce, old.chooseleafDescendOnce],
    ['chooseleaf_vary_r', tunables.chooseleafVaryR, old.chooseleafVaryR],
    ['chooseleaf_stable', tunables.chooseleafStable, old.chooseleafStable],
    ['straw_calc_version', tunables.strawCalcVersion, old.strawCalcVersion],
    ['allowed_bucket_algs', tunables.allowedBucketAlgs, old.allowedBucketAlgs],
  ] as const;
  const lines = named.filter(([, value, usual]) => value !== usual);
  const msr = tunables.msrDescents !== old.msrDescents || tunables.msrCollisionTries !== old.msrCollisionTries;
  return [
    // Signed for those that Ceph reads back as int, but for the kinds of buckets.
    ...lines.map(([name, value]) => `tunable ${name} ${name === 'allowed_bucket_algs' ? value : value | 0}`),
    ...(msr
      ? [`tunable msr_descents ${tunables.msrDescents}`, `tunable msr_collision_tries ${tunables.msrCollisionTries}`]
      : []),
  ];
}

function deviceLines(map: CrushMap): string[] {
  const devices = [...map.names].filter(([id]) => id >= 0 && id < map.maxDevices).sort(([a], [b]) => a - b);
  return devices.map(([id, name]) => {
    const className = map.classNames.get(map.deviceClasses.get(id) ?? -1);
    return `device ${id} ${name}${className === undefined ? '' : ` class ${className}`}`;
  });
}

function typeLines(map: CrushMap): string[] {
  const types = [...map.types].sort(([a], [b]) => a - b).map(([id, name]) => `type ${id} ${name}`);
  return map.types.size > 0 && !map.types.has(0) ? ['type 0 osd', ...types] : types;
}

/** Buckets in the order of their places, each after those that it holds. */
function bucketsInOrder(map: CrushMap): number[] {
  const done = new Set<number>();
  const visit = (id: number): void => {
    const bucket = map.buckets.get(id);
    if (bucket === undefined || done.has(id)) return;
    for (const item of bucket.items) if (item < 0) visit(item);
    done.add(id);
  };
  for (const id of [...map.buckets.keys()].sort((a, b) => b - a)) visit(id);
  return [...done];
}

function chooseArgsLines(map: CrushMap): string[] {
  if (map.chooseArgs.size === 0) return [];
  const sets = [...map.chooseArgs].sort(([a], [b]) => a - b);
  return ['', '# choose_args', ...sets.flatMap(([key, args]) => setLines(key, args))];
}

function setLines(key: number, args: readonly CrushChooseArg[]): string[] {
  return [`choose_args ${BigInt.asUintN(64, BigInt(key))} {`, ...args.flatMap(argLines), '}'];
}

function argLines({ bucketId, weightSets, ids }: CrushChooseArg): string[] {
  if (weightSets.length === 0 && ids.length === 0) return [];
  const weights = weightSets.map((set) => `      [ ${set.map((weight) => `${fixedPointText(weight)} `).join('')}]`);
  return [
    '  {',
    `    bucket_id ${bucketId}`,
    ...(weightSets.length > 0 ? ['    weight_set [', ...weights, '    ]'] : []),
    ...(ids.length > 0 ? [`    ids [ ${ids.map((id) => `${id} `).join('')}]`] : []),
    '  }',
  ];
}
