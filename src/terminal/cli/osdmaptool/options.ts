/** How an option takes its value, as Ceph's argument parser tells them apart. */
export type ValueKind =
  /** None. */
  | 'flag'
  /** Any text; the tool ends at once where there is none. */
  | 'text'
  /** Any text, or none. */
  | 'lax-text'
  /** A whole number; the tool ends where it is none. */
  | 'int'
  /** A whole number; what is wrong with it is told by the next option that looks. */
  | 'lax-int';

export interface OptionSpec {
  readonly names: readonly string[];
  readonly kind: ValueKind;
  /** What the value is, as help shows it. */
  readonly value?: string;
  readonly summary: string;
}

/** The options of `osdmaptool`. Names with `-` and with `_` are the same. */
export const OSDMAPTOOL_OPTIONS = {
  print: { names: ['-p', '--print'], kind: 'flag', summary: 'print the map in words' },
  dump: {
    names: ['--dump'],
    kind: 'lax-text',
    value: 'format',
    summary: 'print the map: plain, json, json-pretty, xml',
  },
  tree: {
    names: ['--tree'],
    kind: 'lax-text',
    value: 'format',
    summary: 'print the tree: plain, json, json-pretty, xml',
  },
  health: { names: ['--health'], kind: 'flag', summary: 'print what is wrong with the cluster, by this map' },
  createSimple: {
    names: ['--createsimple'],
    kind: 'int',
    value: 'numosd',
    summary: 'make a map of that many OSDs on one host',
  },
  createFromConf: {
    names: ['--create-from-conf'],
    kind: 'flag',
    summary: 'make a map of the OSDs that a configuration file (-c) names',
  },
  conf: { names: ['-c', '--conf'], kind: 'text', value: 'file', summary: 'the configuration file' },
  withDefaultPool: { names: ['--with-default-pool'], kind: 'flag', summary: 'a new map has a pool rbd' },
  pgBits: {
    names: ['--pg_bits', '--osd-pg-bits'],
    kind: 'int',
    value: 'bits',
    summary: 'PGs of that pool for each OSD, as a power of two; 6 where not given',
  },
  pgpBits: {
    names: ['--pgp_bits', '--osd-pgp-bits'],
    kind: 'int',
    value: 'bits',
    summary: 'the same for pgp_num',
  },
  clobber: { names: ['--clobber'], kind: 'flag', summary: 'overwrite a map that is there' },
  exportCrush: { names: ['--export_crush'], kind: 'text', value: 'file', summary: 'write the CRUSH map to a file' },
  importCrush: { names: ['--import_crush'], kind: 'text', value: 'file', summary: 'take the CRUSH map of a file' },
  markUpIn: { names: ['--mark-up-in'], kind: 'flag', summary: 'take all OSDs for up and in; not saved' },
  markOut: { names: ['--mark-out'], kind: 'text', value: 'osd', summary: 'take an OSD for out; not saved' },
  markUp: { names: ['--mark-up'], kind: 'text', value: 'osd', summary: 'take an OSD for up; not saved' },
  markIn: { names: ['--mark-in'], kind: 'text', value: 'osd', summary: 'take an OSD for in; not saved' },
  clearTemp: { names: ['--clear-temp'], kind: 'flag', summary: 'forget pg_temp and primary_temp' },
  cleanTemps: { names: ['--clean-temps'], kind: 'flag', summary: 'look for pg_temp that says nothing new' },
  adjustCrushWeight: {
    names: ['--adjust-crush-weight'],
    kind: 'text',
    value: 'osd:weight[,osd:weight...]',
    summary: 'give OSDs other CRUSH weights; saved with --save',
  },
  save: { names: ['--save'], kind: 'flag', summary: 'write the map with its new upmaps and CRUSH weights' },
  testMapPgs: { names: ['--test-map-pgs'], kind: 'flag', summary: 'map all PGs and count them by OSD' },
  testMapPgsDump: { names: ['--test-map-pgs-dump'], kind: 'flag', summary: 'the same, and print where each PG is' },
  testMapPgsDumpAll: {
    names: ['--test-map-pgs-dump-all'],
    kind: 'flag',
    summary: 'the same, with what CRUSH gave, the up set and the acting set',
  },
  testRandom: { names: ['--test-random'], kind: 'flag', summary: 'place PGs by chance instead, to compare with' },
  testMapPg: { names: ['--test_map_pg'], kind: 'text', value: 'pgid', summary: 'map one PG' },
  testMapObject: { names: ['--test_map_object'], kind: 'text', value: 'object', summary: 'map one object' },
  testCrush: { names: ['--test_crush'], kind: 'flag', summary: 'map all PGs again and again and compare; never ends' },
  pool: { names: ['--pool'], kind: 'int', value: 'poolid', summary: 'the pool for the tests above' },
  pgNum: { names: ['--pg_num'], kind: 'lax-text', value: 'pg_num', summary: 'take pools to have that many PGs' },
  rangeFirst: {
    names: ['--range_first'],
    kind: 'lax-int',
    value: 'first',
    summary: 'read maps of a folder, from this',
  },
  rangeLast: { names: ['--range_last'], kind: 'lax-int', value: 'last', summary: 'to this' },
  upmapCleanup: {
    names: ['--upmap-cleanup'],
    kind: 'text',
    value: 'file',
    summary: 'write commands that drop upmaps of no use; - is standard output',
  },
  upmap: {
    names: ['--upmap'],
    kind: 'text',
    value: 'file',
    summary: 'write commands that spread PGs more evenly; - is standard output',
  },
  upmapMax: { names: ['--upmap-max'], kind: 'lax-int', value: 'count', summary: 'at most so many; 10 where not given' },
  upmapDeviation: {
    names: ['--upmap-deviation'],
    kind: 'lax-int',
    value: 'pgs',
    summary: 'so many PGs more or less than its share are fine for an OSD; 5 where not given',
  },
  upmapPool: { names: ['--upmap-pool'], kind: 'text', value: 'pool', summary: 'only for that pool; may be repeated' },
  upmapActive: { names: ['--upmap-active'], kind: 'flag', summary: 'go on until nothing is left to do' },
  upmapSeed: { names: ['--upmap-seed'], kind: 'lax-int', value: 'seed', summary: 'for chance that can be repeated' },
  read: {
    names: ['--read'],
    kind: 'text',
    value: 'file',
    summary: "write commands that spread a pool's primaries more evenly",
  },
  readPool: { names: ['--read-pool'], kind: 'text', value: 'pool', summary: 'the pool for --read' },
  osdSizeAware: { names: ['--osd-size-aware'], kind: 'flag', summary: 'for --read: larger OSDs read more' },
  vstart: { names: ['--vstart'], kind: 'flag', summary: 'commands begin with ./bin/' },
} as const satisfies Readonly<Record<string, OptionSpec>>;

export type OptionName = keyof typeof OSDMAPTOOL_OPTIONS;
