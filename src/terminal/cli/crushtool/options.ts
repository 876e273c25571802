/** How an option takes its value, as Ceph's argument parser tells them apart. */
export type ValueKind =
  /** None. */
  | 'flag'
  /** Any text; the tool ends where there is none. */
  | 'text'
  /** Any text; what is wrong with it is told with what is wrong with its further values. */
  | 'name'
  | 'int'
  | 'float'
  /** A whole number; what is wrong with it is told at the next option that looks. */
  | 'lax-int';

export interface OptionSpec {
  readonly names: readonly string[];
  readonly kind: ValueKind;
  /** What the values are, as help shows them. */
  readonly values?: string;
  /** Values after the first. */
  readonly more?: number;
  /** What is said when one of them is missing. */
  readonly missing?: string;
  /** Something must follow the value, and is left alone. */
  readonly wantsNext?: boolean;
  readonly summary: string;
}

const EXPECTING = 'expecting additional argument';

/** The options of `crushtool`. Names with `-` and with `_` are the same. */
export const CRUSHTOOL_OPTIONS = {
  decompile: { names: ['-d', '--decompile'], kind: 'text', values: 'map', summary: 'print a binary map as text' },
  infn: { names: ['-i', '--infn'], kind: 'text', values: 'infile', summary: 'read a binary map; - is standard input' },
  outfn: { names: ['-o', '--outfn'], kind: 'text', values: 'outfile', summary: 'write the map, or the text of -d' },
  verbose: { names: ['-v', '--verbose'], kind: 'flag', summary: 'say when the map is written' },
  compare: {
    names: ['--compare'],
    kind: 'text',
    values: 'otherfile',
    summary: 'count inputs that two maps place apart',
  },
  reclassify: { names: ['--reclassify'], kind: 'flag', summary: 'turn trees of old for each device type into classes' },
  reclassifyBucket: {
    names: ['--reclassify-bucket'],
    kind: 'text',
    values: '<bucket-match> <class> <default-parent>',
    more: 2,
    missing: EXPECTING,
    summary: 'buckets that are to be merged into a tree, for --reclassify',
  },
  reclassifyRoot: {
    names: ['--reclassify-root'],
    kind: 'text',
    values: '<bucket-name> <class>',
    more: 1,
    missing: EXPECTING,
    summary: 'a tree whose devices all get a class, for --reclassify',
  },
  setSubtreeClass: {
    names: ['--set-subtree-class'],
    kind: 'text',
    values: '<bucket-name> <class>',
    more: 1,
    missing: EXPECTING,
    summary: 'give all devices below a bucket a class',
  },
  tree: { names: ['--tree'], kind: 'flag', summary: 'print the tree' },
  bucketTree: { names: ['--bucket-tree'], kind: 'flag', summary: 'print the OSDs below a bucket' },
  bucketName: { names: ['-b', '--bucket-name'], kind: 'text', values: 'name', summary: 'the bucket for --bucket-tree' },
  format: { names: ['-f', '--format'], kind: 'text', values: 'format', summary: 'json, json-pretty, xml, xml-pretty' },
  dump: { names: ['--dump'], kind: 'flag', summary: 'print all of the map, in a format' },
  showUtilization: { names: ['--show_utilization'], kind: 'flag', summary: 'print how many inputs each OSD got' },
  showUtilizationAll: { names: ['--show_utilization_all'], kind: 'flag', summary: 'the same, with OSDs that got none' },
  showStatistics: { names: ['--show_statistics'], kind: 'flag', summary: 'print how many results have which size' },
  showMappings: { names: ['--show_mappings'], kind: 'flag', summary: 'print the result for each input' },
  showBadMappings: { names: ['--show_bad_mappings'], kind: 'flag', summary: 'print results that are too short' },
  showChooseTries: { names: ['--show_choose_tries'], kind: 'flag', summary: 'print how many tries choosing took' },
  compile: { names: ['-c', '--compile'], kind: 'text', values: 'map.txt', summary: 'make a binary map from text' },
  check: { names: ['--check'], kind: 'lax-int', values: '[max_id]', summary: 'look for ids and types without a name' },
  test: { names: ['-t', '--test'], kind: 'flag', summary: 'place a range of inputs' },
  showLocation: { names: ['--show-location'], kind: 'lax-int', values: 'id', summary: 'print where an item stands' },
  simulate: { names: ['-s', '--simulate'], kind: 'flag', summary: 'place by chance instead, to compare with' },
  unsafeTunables: { names: ['--enable-unsafe-tunables'], kind: 'flag', summary: 'accepted; there are none any more' },
  setChooseLocalTries: setting('choose_local_tries'),
  setChooseLocalFallbackTries: setting('choose_local_fallback_tries'),
  setChooseTotalTries: setting('choose_total_tries'),
  setChooseleafDescendOnce: setting('chooseleaf_descend_once'),
  setChooseleafVaryR: setting('chooseleaf_vary_r'),
  setChooseleafStable: setting('chooseleaf_stable'),
  setStrawCalcVersion: setting('straw_calc_version'),
  setAllowedBucketAlgs: setting('allowed_bucket_algs'),
  reweight: { names: ['--reweight'], kind: 'flag', summary: 'work out all weights from those of the devices' },
  rebuildClassRoots: { names: ['--rebuild-class-roots'], kind: 'flag', summary: 'make the shadow trees anew' },
  addItem: {
    names: ['--add_item'],
    kind: 'int',
    values: 'id weight name',
    more: 2,
    missing: `${EXPECTING} to --add-item`,
    summary: 'add an item at the --loc given',
  },
  updateItem: {
    names: ['--update_item'],
    kind: 'int',
    values: 'id weight name',
    more: 2,
    missing: `${EXPECTING} to --update-item`,
    summary: 'add an item or move it to the --loc given',
  },
  addBucket: { names: ['--add-bucket'], kind: 'flag', values: 'name type', more: 2, summary: 'add a bucket' },
  move: { names: ['--move'], kind: 'flag', values: 'name', more: 1, summary: 'move an item to the --loc given' },
  createSimpleRule: {
    names: ['--create-simple-rule'],
    kind: 'name',
    values: 'name root type mode',
    more: 3,
    missing: `${EXPECTING} to --create-simple-rule`,
    summary: 'add a rule; mode is firstn or indep',
  },
  createReplicatedRule: {
    names: ['--create-replicated-rule'],
    kind: 'name',
    values: 'name root type',
    more: 2,
    missing: `${EXPECTING} to --create-replicated-rule`,
    summary: 'add a rule with mode firstn',
  },
  deviceClass: { names: ['--device-class'], kind: 'text', values: 'class', summary: 'the class for a new rule' },
  removeRule: { names: ['--remove-rule'], kind: 'text', values: 'name', summary: 'remove a rule' },
  loc: {
    names: ['--loc'],
    kind: 'text',
    values: 'type name',
    more: 1,
    missing: `${EXPECTING} to --loc`,
    summary: 'where an item is to stand; one for each level',
  },
  outputCsv: { names: ['--output-csv'], kind: 'flag', summary: 'write what --test finds to CSV files' },
  helpOutput: { names: ['--help-output'], kind: 'flag', summary: 'tell which files these are' },
  outputName: {
    names: ['--output-name'],
    kind: 'text',
    values: 'name',
    wantsNext: true,
    missing: `${EXPECTING} to --output-name`,
    summary: 'what their names begin with',
  },
  removeItem: { names: ['--remove_item'], kind: 'text', values: 'name', summary: 'remove an item' },
  reweightItem: {
    names: ['--reweight_item'],
    kind: 'text',
    values: 'name weight',
    more: 1,
    missing: `${EXPECTING} to --reweight-item`,
    summary: 'give an item another weight',
  },
  build: { names: ['--build'], kind: 'flag', summary: 'build a map of layers: name kind size, ...' },
  numOsds: { names: ['--num_osds'], kind: 'int', values: 'N', summary: 'OSDs of the map that --build builds' },
  numRep: { names: ['--num_rep'], kind: 'int', values: 'n', summary: 'size of the results' },
  minRep: { names: ['--min_rep'], kind: 'int', values: 'n', summary: 'smallest size of the results' },
  maxRep: { names: ['--max_rep'], kind: 'int', values: 'n', summary: 'largest size of the results' },
  maxX: { names: ['--max_x'], kind: 'int', values: 'x', summary: 'last input' },
  minX: { names: ['--min_x'], kind: 'int', values: 'x', summary: 'first input' },
  poolId: { names: ['--pool_id'], kind: 'int', values: 'n', summary: 'place as the PGs of that pool' },
  x: { names: ['--x'], kind: 'int', values: 'x', summary: 'the one input' },
  maxRule: { names: ['--max_rule'], kind: 'int', values: 'r', summary: 'last rule' },
  minRule: { names: ['--min_rule'], kind: 'int', values: 'r', summary: 'first rule' },
  rule: { names: ['--rule'], kind: 'int', values: 'r', summary: 'the one rule' },
  batches: { names: ['--batches'], kind: 'int', values: 'b', summary: 'split the inputs into so many parts' },
  markDownRatio: { names: ['--mark-down-ratio'], kind: 'float', values: 'r', summary: 'share of devices to take out' },
  markDownBucketRatio: {
    names: ['--mark-down-bucket-ratio'],
    kind: 'float',
    values: 'r',
    summary: 'share of buckets to take devices out of',
  },
  weight: {
    names: ['--weight'],
    kind: 'int',
    values: 'devno weight',
    more: 1,
    missing: `${EXPECTING} to --weight`,
    summary: 'in/out weight of a device, 0 to 1',
  },
} as const satisfies Record<string, OptionSpec>;

export type OptionName = keyof typeof CRUSHTOOL_OPTIONS;

function setting(tunable: string): OptionSpec {
  return { names: [`--set_${tunable}`], kind: 'lax-int', values: 'N', summary: `set the tunable ${tunable}` };
}
