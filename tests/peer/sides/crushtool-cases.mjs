import { crushText } from './random-maps.mjs';

/** @typedef {import('./random.mjs').Chance} Chance */
/** @typedef {import('./osdmaptool-cases.mjs').Case} Case */

const osd = (chance) => `osd.${chance.between(0, 12)}`;
const bucket = (chance) => chance.of(['h0', 'h1', 'h2', 'r0', 'r1', 'default', 'none']);
const loc = (chance) =>
  chance.of([
    ['--loc', 'host', 'h0'],
    ['--loc', 'host', 'hnew', '--loc', 'rack', 'r0', '--loc', 'root', 'default'],
    ['--loc', 'rack', 'r1'],
    ['--loc', 'root', 'default'],
    ['--loc', 'nonsense', 'h1'],
    [],
  ]);
const weight = (chance) => chance.of(['0', '0.5', '1.0', '2.75', 'x', '-1']);
const className = (chance) => chance.of(['hdd', 'ssd', 'nvme']);
const flag = (word) => () => [word];
const numbered = (word, most) => (chance) => [word, String(chance.between(0, most))];

const CHANGES = [
  (chance) => [
    '--add-item',
    String(chance.between(0, 30)),
    weight(chance),
    `osd.${chance.between(0, 30)}`,
    ...loc(chance),
  ],
  (chance) => [
    '--update-item',
    String(chance.between(0, 30)),
    weight(chance),
    `osd.${chance.between(0, 30)}`,
    ...loc(chance),
  ],
  (chance) => ['--remove-item', chance.of([osd(chance), bucket(chance)])],
  (chance) => ['--reweight-item', chance.of([osd(chance), bucket(chance)]), weight(chance)],
  (chance) => [
    '--add-bucket',
    chance.of(['b1', 'h0', 'b~d']),
    chance.of(['host', 'rack', 'osd', 'none']),
    ...loc(chance),
  ],
  (chance) => ['--move', chance.of([osd(chance), bucket(chance)]), ...loc(chance)],
  flag('--reweight'),
  flag('--rebuild-class-roots'),
  (chance) => [
    '--create-simple-rule',
    chance.of(['new', 'rule0']),
    bucket(chance),
    chance.of(['host', 'rack', 'osd', 'none']),
    chance.of(['firstn', 'indep', 'x']),
  ],
  (chance) => [
    '--create-replicated-rule',
    chance.of(['new', 'rule0']),
    bucket(chance),
    chance.of(['host', 'rack', 'osd', 'none']),
  ],
  (chance) => ['--create-replicated-rule', 'new', 'default', 'host', '--device-class', className(chance)],
  (chance) => ['--remove-rule', chance.of(['rule0', 'rule1', 'none'])],
  (chance) => ['--set-subtree-class', bucket(chance), className(chance)],
  (chance) => [
    '--reclassify',
    '--set-subtree-class',
    'default',
    className(chance),
    '--reclassify-root',
    bucket(chance),
    className(chance),
  ],
  (chance) => [
    '--reclassify',
    '--reclassify-bucket',
    chance.of(['h%', '%0', 'h1', 'r%']),
    className(chance),
    chance.of(['default', 'none', 'r0']),
  ],
  numbered('--set-choose-local-tries', 3),
  numbered('--set-choose-local-fallback-tries', 5),
  numbered('--set-choose-total-tries', 100),
  numbered('--set-chooseleaf-descend-once', 2),
  numbered('--set-chooseleaf-vary-r', 4),
  numbered('--set-chooseleaf-stable', 2),
  numbered('--set-straw-calc-version', 2),
  numbered('--set-allowed-bucket-algs', 62),
];

const SHOWS = [
  flag('--tree'),
  (chance) => ['--bucket-tree', '--bucket-name', bucket(chance)],
  flag('--bucket-tree'),
  flag('--dump'),
  (chance) => [
    '--dump',
    '-f',
    chance.of(['json', 'json-pretty', 'xml', 'xml-pretty', 'html', 'html-pretty', 'table', 'table-kv', 'nonsense', '']),
  ],
  flag('--check'),
  numbered('--check', 20),
  numbered('--show-location', 20),
  (chance) => ['--compare', chance.of(['other', 'map', 'none']), ...tested(chance)],
];

const TESTS = [
  flag('--show-mappings'),
  flag('--show-bad-mappings'),
  flag('--show-statistics'),
  flag('--show-utilization'),
  flag('--show-utilization-all'),
  flag('--show-choose-tries'),
  flag('--output-csv'),
  flag('--simulate'),
  (chance) => ['--weight', String(chance.between(0, 12)), chance.of(['0', '0.3', '1', '2'])],
  (chance) => ['-w', String(chance.between(0, 12)), '0'],
  numbered('--pool-id', 5),
  (chance) => ['--batches', String(chance.between(1, 5))],
  (chance) => ['--output-csv', '--output-name', chance.of(['out', 'x']), '--show-utilization'],
  (chance) => ['--mark-down-ratio', chance.of(['0.2', '0.5'])],
];

/** @param {Chance} chance */
function tested(chance) {
  const words = ['--max-x', String(chance.between(0, 200))];
  if (chance.in100(30)) words.push('--min-x', String(chance.between(0, 100)));
  if (chance.in100(10)) words.push('--x', String(chance.between(0, 5000)));
  if (chance.in100(40)) words.push('--rule', String(chance.between(0, 3)));
  words.push(
    ...(chance.in100(70) ? ['--num-rep', String(chance.between(1, 5))] : ['--min-rep', '1', '--max-rep', '3']),
  );
  return words;
}

const WRONG = [
  [],
  ['--tree'],
  ['-i', 'map'],
  ['-i', 'map', '--tre'],
  ['-i', 'map', '--tree', 'more'],
  ['-i', 'map', '--tree', '--no-such=3'],
  ['-i', 'none', '--tree'],
  ['-i', 'text', '--tree'],
  ['-d', 'text'],
  ['-d', 'none'],
  ['-d'],
  ['-c', 'none'],
  ['-c', 'text'],
  ['-c', 'map'],
  ['-c', 'text', '-d', 'map'],
  ['-i', 'map', '--test'],
  ['-i', 'map', '--test', '--show-mappings'],
  ['-i', 'map', '--test', '--show-mappings', '--num-rep', 'x'],
  ['-i', 'map', '--test', '--show-mappings', '--num-rep', '3', '--rule', '99'],
  ['-i', 'map', '--test', '--show-statistics', '--num-rep', '3', '--rule', '99'],
  ['-i', 'map', '--test', '--show-mappings', '--num-rep', '0', '--max-x', '3'],
  ['-i', 'map', '--test', '--show-mappings', '--num-rep', '-1', '--max-x', '3'],
  ['-i', 'map', '--test', '--num-rep', '3'],
  ['-i', 'map', '--weight', '3'],
  ['-i', 'map', '--weight', 'x', '1'],
  ['-i', 'map', '--add-item', '3'],
  ['-i', 'map', '--add-item', 'x', '1', 'osd.9'],
  ['-i', 'map', '--add-item', '-3', '1', 'osd.9', '--loc', 'host', 'h0'],
  ['-i', 'map', '--update-item', '3', '1'],
  ['-i', 'map', '--add-bucket', 'b'],
  ['-i', 'map', '--add-bucket'],
  ['-i', 'map', '--move'],
  ['-i', 'map', '--move', 'h0'],
  ['-i', 'map', '--loc', 'host'],
  ['-i', 'map', '--reweight-item', 'osd.1'],
  ['-i', 'map', '--remove-item'],
  ['-i', 'map', '--remove-item', ''],
  ['-i', 'map', '--create-simple-rule', 'a', 'default', 'host'],
  ['-i', 'map', '--create-replicated-rule', 'a'],
  ['-i', 'map', '--remove-rule'],
  ['-i', 'map', '--set-subtree-class', 'default'],
  ['-i', 'map', '--set-subtree-class', 'default', 'ssd'],
  ['-i', 'map', '--reclassify-root', 'default'],
  ['-i', 'map', '--reclassify-bucket', 'h%', 'ssd'],
  ['-i', 'map', '--set-choose-total-tries'],
  ['-i', 'map', '--set-choose-total-tries', 'x', '-o', 'out'],
  ['-i', 'map', '--set-choose-total-tries', '-1'],
  ['-i', 'map', '--enable-unsafe-tunables'],
  ['-i', 'map', '--show-location'],
  ['-i', 'map', '--show-location', 'x'],
  ['-i', 'map', '--check', 'x'],
  ['-i', 'map', '--output-name'],
  ['-i', 'map', '--compare', 'text', '--num-rep', '3'],
  ['-i', 'map', '--compare', 'map'],
  ['-i', 'map', '--reweight', '-o', 'no/such/file'],
  ['-i', 'map', '--reweight', '-v', '-o', 'out'],
  ['-d', 'map', '-o', 'no/such/file'],
  ['-d', 'map', '-o', 'out'],
  ['-i', '-', '--tree'],
  ['--build'],
  ['--build', '--num_osds', '4'],
  ['--build', '--num_osds', '4', 'host', 'straw2'],
  ['--build', '--num_osds', '4', 'host', 'nonsense', '2'],
  ['--build', '--num_osds', '4', 'host', 'straw2', 'x'],
  ['--build', '--num_osds', 'x', 'host', 'straw2', '2'],
  ['--build', '--num_osds', '4', '--debug-crush', '3', 'host', 'straw2', '2'],
  ['--version'],
  ['-v'],
];

/** @param {Chance} chance @param {readonly Uint8Array[]} recorded @returns {Generator<Case>} */
export function* crushtoolCases(chance, recorded) {
  for (const words of WRONG) yield caseOf(chance, recorded, words);
  for (let round = 0; ; round++) {
    if (round % 10 === 0) yield buildCase(chance);
    yield caseOf(chance, recorded, ['-i', 'map', ...wordsByChance(chance)]);
  }
}

/** @param {Chance} chance */
function wordsByChance(chance) {
  const kind = chance.between(0, 2);
  const more = (options) => (chance.in100(25) ? chance.of(options)(chance) : []);
  if (kind === 0) return [...chance.of(CHANGES)(chance), ...more(CHANGES), '-o', 'out'];
  if (kind === 1) return [...chance.of(SHOWS)(chance), ...more(SHOWS)];
  return ['--test', ...tested(chance), ...chance.of(TESTS)(chance), ...chance.of(TESTS)(chance)];
}

/** The map is a recorded one, or compiled first. @param {Chance} chance @returns {Case} */
function caseOf(chance, recorded, words) {
  const compile = (from, to) => ['crushtool', '-c', from, '-o', to];
  const isRecorded = chance.in100(20);
  const texts = { text1: crushText(chance).text, text2: crushText(chance).text, text: 'no map\n' };
  const commands = [
    ...(isRecorded ? [] : [compile('text1', 'map')]),
    ...(words.includes('other') ? [compile('text2', 'other')] : []),
    ['crushtool', ...words],
    ...(words.includes('out') && words[0] === '-i' && !words.includes('--test') ? [['crushtool', '-d', 'out']] : []),
  ];
  const files = isRecorded ? { ...texts, map: chance.of(recorded) } : texts;
  return { name: words.join(' '), files, commands };
}

/** @param {Chance} chance @returns {Case} */
function buildCase(chance) {
  const alg = () => chance.of(['straw2', 'straw', 'list', 'tree', 'uniform']);
  const layers = ['host', alg(), String(chance.between(1, 4))];
  if (chance.in100(60)) layers.push('rack', alg(), String(chance.between(1, 4)));
  if (chance.in100(80)) layers.push('root', alg(), '0');
  const words = ['--build', '--num_osds', String(chance.between(1, 30)), ...layers];
  return {
    name: words.join(' '),
    files: {},
    commands: [
      ['crushtool', '-o', 'map', ...words],
      ['crushtool', '-d', 'map'],
    ],
  };
}
