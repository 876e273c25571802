import { type Explain, explainLines } from '../explain/explain.ts';
import { CRUSHTOOL_OPTIONS, type OptionName, type OptionSpec } from './options.ts';

const GROUPS: readonly (readonly [title: string, names: readonly OptionName[]])[] = [
  ['where the map comes from', ['infn', 'decompile', 'compile', 'build', 'numOsds', 'unsafeTunables']],
  [
    'tunables',
    [
      'setChooseLocalTries',
      'setChooseLocalFallbackTries',
      'setChooseTotalTries',
      'setChooseleafDescendOnce',
      'setChooseleafVaryR',
      'setChooseleafStable',
      'setStrawCalcVersion',
      'setAllowedBucketAlgs',
    ],
  ],
  [
    'changes',
    [
      'reweightItem',
      'removeItem',
      'addItem',
      'updateItem',
      'addBucket',
      'move',
      'loc',
      'createSimpleRule',
      'createReplicatedRule',
      'deviceClass',
      'removeRule',
      'reweight',
      'rebuildClassRoots',
      'setSubtreeClass',
      'reclassify',
      'reclassifyBucket',
      'reclassifyRoot',
    ],
  ],
  ['what to print', ['showLocation', 'tree', 'bucketTree', 'bucketName', 'dump', 'format', 'check']],
  [
    'tests',
    [
      'test',
      'rule',
      'minRule',
      'maxRule',
      'x',
      'minX',
      'maxX',
      'numRep',
      'minRep',
      'maxRep',
      'poolId',
      'batches',
      'weight',
      'markDownRatio',
      'markDownBucketRatio',
      'simulate',
      'showMappings',
      'showBadMappings',
      'showStatistics',
      'showUtilization',
      'showUtilizationAll',
      'showChooseTries',
      'outputCsv',
      'outputName',
      'helpOutput',
      'compare',
    ],
  ],
  ['where the map goes', ['outfn', 'verbose']],
];

const ABOUT = `Reads, makes, changes, tests and writes CRUSH maps. Whatever the order of the options, things are done in the order
of this list.`;

/** How `crushtool` is used: options are the real ones, the words about them ours. */
export function usageText(say: Explain): string {
  const options = (names: readonly OptionName[]): string => names.map((name) => optionText(name, say)).join('');
  const groups = GROUPS.map(([title, names]) => `\n${say(`${title}:`)}\n${options(names)}`);
  return `usage: crushtool OPTION...\n\n${say(ABOUT)}\n${groups.join('')}`;
}

function optionText(name: OptionName, say: Explain): string {
  const spec: OptionSpec = CRUSHTOOL_OPTIONS[name];
  const usual = spec.names.map((each) => each.slice(0, 2) + each.slice(2).replaceAll('_', '-')).join(', ');
  const usage = `  ${usual}${spec.values === undefined ? '' : ` ${spec.values}`}`;
  const said = say(spec.summary);
  return usage.length < 36 ? `${usage.padEnd(36)}${said}\n` : `${usage}\n${' '.repeat(36)}${said}\n`;
}

/** Which files `--output-csv` writes. */
const OUTPUT = `files that --output-csv writes, for each rule; NAME is --output-name and the rule's name:
  NAME-absolute_weights.csv                  in/out weight of each OSD
  NAME-proportional_weights_all.csv          its share of all weights
  NAME-proportional_weights.csv              the same, for OSDs that are in
  NAME-placement_information.csv             each input and the OSDs it got
  NAME-device_utilization_all.csv            inputs that each OSD got, and should get
  NAME-device_utilization.csv                the same, for OSDs that got any
  NAME-batch_device_utilization_all.csv      inputs that each OSD got, by batch
  NAME-batch_device_expected_utilization_all.csv
`;

/** Column at which the explanations of files stand. */
const FILES_COLUMN = 45;

export function outputHelpText(say: Explain): string {
  return explainLines(OUTPUT, FILES_COLUMN, say);
}
