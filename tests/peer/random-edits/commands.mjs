import { Chance } from '../sides/random.mjs';

/**
 * Commands by chance, as words behind `ceph`; some are wrong. A few names are used again and again, so that commands
 * meet what others have made.
 */
const HOSTS = ['ceph1', 'ceph2', 'ceph3', 'ceph4', 'ceph5'];
const RACKS = ['rack1', 'rack2', 'rack3'];
const ROOTS = ['default', 'default', 'other'];
const CLASSES = ['hdd', 'ssd', 'nvme'];
const RULES = ['replicated_rule', 'r1', 'r2', 'r3', 'e1'];
const POOLS = ['p1', 'p2', 'p3', 'e'];
const [OSDS, HIGHEST_POOL, MOST_PGS] = [9, 5, 16];

/** @typedef {(chance: Chance) => string} Word */

/** @type {Word} */
const osd = (chance) => String(chance.in100(4) ? 11 : chance.between(0, OSDS - 1));
/** @type {Word} */
const host = (chance) => chance.of(HOSTS);
/** @type {Word} */
const bucket = (chance) =>
  chance.of([...HOSTS, ...RACKS, ...ROOTS, ...(chance.in100(5) ? ['nowhere', 'default~hdd'] : [])]);
/** @type {Word} */
const item = (chance) => (chance.in100(50) ? `osd.${osd(chance)}` : bucket(chance));
/** @type {Word} */
const pool = (chance) => chance.of(POOLS);
/** @type {Word} */
const rule = (chance) => chance.of(RULES);
/** @type {Word} */
const className = (chance) => chance.of(CLASSES);
/** @type {Word} */
const pg = (chance) => `${chance.between(1, HIGHEST_POOL)}.${chance.between(0, MOST_PGS - 1).toString(16)}`;
/** @type {Word} */
const crushWeight = (chance) => chance.of(['0', '0.01', '0.01999', '0.03', '0.5', '1', '2.25']);
/** @type {Word} */
const share = (chance) => chance.of(['0', '0.25', '0.5', '0.84999', '0.999', '1', '1.5']);

/** Never the same: a real monitor that is to swap a bucket with itself breaks down. @param {Chance} chance */
function twoHosts(chance) {
  const [first, second] = [host(chance), host(chance)];
  return [first, first === second ? (HOSTS[(HOSTS.indexOf(first) + 1) % HOSTS.length] ?? '') : second];
}

/** A place in the tree. @param {Chance} chance */
function place(chance) {
  const words = [];
  if (chance.in100(60)) words.push(`root=${chance.of(ROOTS)}`);
  if (chance.in100(40)) words.push(`rack=${chance.of(RACKS)}`);
  if (chance.in100(60) || words.length === 0) words.push(`host=${host(chance)}`);
  return chance.in100(20) ? words.reverse() : words;
}

/** @param {Chance} chance @param {number} most */
function osds(chance, most) {
  return Array.from({ length: chance.between(1, most) }, () => osd(chance));
}

/** Each with how often it comes. @type {readonly (readonly [often: number, command: (chance: Chance) => string[]])[]} */
const COMMANDS = [
  [
    5,
    (c) => [
      'osd',
      'crush',
      'add-bucket',
      bucket(c),
      c.of(['host', 'rack', 'root', 'room']),
      ...(c.in100(40) ? place(c) : []),
    ],
  ],
  [8, (c) => ['osd', 'crush', 'move', item(c), ...place(c)]],
  [3, (c) => ['osd', 'crush', 'link', bucket(c), ...place(c)]],
  [3, (c) => ['osd', 'crush', 'unlink', item(c), ...(c.in100(40) ? [bucket(c)] : [])]],
  [3, (c) => ['osd', 'crush', 'rm', item(c), ...(c.in100(20) ? [bucket(c)] : [])]],
  [4, (c) => ['osd', 'crush', 'swap-bucket', ...twoHosts(c), ...(c.in100(80) ? ['--yes-i-really-mean-it'] : [])]],
  [2, (c) => ['osd', 'crush', 'rename-bucket', bucket(c), bucket(c)]],
  [6, (c) => ['osd', 'crush', 'reweight', item(c), crushWeight(c)]],
  [4, (c) => ['osd', 'crush', 'reweight-subtree', bucket(c), crushWeight(c)]],
  [1, () => ['osd', 'crush', 'reweight-all']],
  [4, (c) => ['osd', 'crush', 'set', `osd.${osd(c)}`, crushWeight(c), ...place(c)]],
  [4, (c) => ['osd', 'crush', 'add', osd(c), crushWeight(c), ...place(c)]],
  [3, (c) => ['osd', 'crush', 'create-or-move', osd(c), crushWeight(c), ...place(c)]],
  [4, (c) => ['osd', 'crush', 'set-device-class', className(c), ...osds(c, 3)]],
  [5, (c) => ['osd', 'crush', 'rm-device-class', ...(c.in100(10) ? ['all'] : osds(c, 3))]],
  [1, (c) => ['osd', 'crush', 'class', 'create', className(c)]],
  [1, (c) => ['osd', 'crush', 'class', 'rm', className(c)]],
  [2, (c) => ['osd', 'crush', 'class', 'rename', className(c), className(c)]],
  [2, () => ['osd', 'crush', 'weight-set', 'create-compat']],
  [2, (c) => ['osd', 'crush', 'weight-set', 'create', pool(c), c.of(['flat', 'positional'])]],
  [4, (c) => ['osd', 'crush', 'weight-set', 'reweight-compat', item(c), crushWeight(c)]],
  [
    4,
    (c) => [
      'osd',
      'crush',
      'weight-set',
      'reweight',
      pool(c),
      item(c),
      ...Array.from({ length: c.between(1, 3) }, () => crushWeight(c)),
    ],
  ],
  [1, () => ['osd', 'crush', 'weight-set', 'rm-compat']],
  [1, (c) => ['osd', 'crush', 'weight-set', 'rm', pool(c)]],
  [
    3,
    (c) => [
      'osd',
      'crush',
      'rule',
      'create-replicated',
      rule(c),
      bucket(c),
      c.of(['host', 'osd', 'rack']),
      ...(c.in100(50) ? [className(c)] : []),
    ],
  ],
  [
    2,
    (c) => [
      'osd',
      'crush',
      'rule',
      'create-simple',
      rule(c),
      bucket(c),
      c.of(['host', 'osd']),
      ...(c.in100(50) ? [c.of(['firstn', 'indep'])] : []),
    ],
  ],
  [
    2,
    (c) => [
      'osd',
      'crush',
      'rule',
      'create-erasure',
      rule(c),
      ...(c.in100(70) ? [c.of(['k2m1', 'k2m2', 'default'])] : []),
    ],
  ],
  [2, (c) => ['osd', 'crush', 'rule', 'rm', rule(c)]],
  [1, (c) => ['osd', 'crush', 'rule', 'rename', rule(c), rule(c)]],
  [
    3,
    (c) => [
      'osd',
      'crush',
      'tunables',
      c.of(['argonaut', 'bobtail', 'firefly', 'hammer', 'jewel', 'optimal', 'default', 'legacy']),
    ],
  ],
  [1, (c) => ['osd', 'crush', 'set-tunable', 'straw_calc_version', String(c.between(0, 1))]],
  [1, () => ['osd', 'crush', 'set-all-straw-buckets-to-straw2']],
  [
    8,
    (c) => [
      'osd',
      'pool',
      'create',
      pool(c),
      c.of(['1', '8', '12', '16', '32']),
      ...(c.in100(40) ? [c.of(['8', '4', '16'])] : []),
      ...(c.in100(50) ? ['replicated', rule(c)] : []),
    ],
  ],
  [2, (c) => ['osd', 'pool', 'create', 'e', c.of(['8', '16']), 'erasure', c.of(['k2m1', 'k2m2', 'default'])]],
  [
    1,
    (c) => {
      const name = pool(c);
      return ['osd', 'pool', 'rm', name, name, '--yes-i-really-really-mean-it'];
    },
  ],
  [1, (c) => ['osd', 'pool', 'rename', pool(c), pool(c)]],
  [4, (c) => ['osd', 'pool', 'set', pool(c), 'size', c.of(['1', '2', '3', '4', '11']), '--yes-i-really-mean-it']],
  [2, (c) => ['osd', 'pool', 'set', pool(c), 'min_size', c.of(['1', '2', '3'])]],
  [4, (c) => ['osd', 'pool', 'set', pool(c), 'pg_num', c.of(['4', '8', '16', '20', '32'])]],
  [3, (c) => ['osd', 'pool', 'set', pool(c), 'pgp_num', c.of(['4', '8', '16', '40'])]],
  [5, (c) => ['osd', 'pool', 'set', pool(c), 'crush_rule', rule(c)]],
  [1, (c) => ['osd', 'pool', 'set', pool(c), 'hashpspool', c.of(['0', '1']), '--yes-i-really-mean-it']],
  [5, (c) => ['osd', 'out', ...osds(c, 2)]],
  [6, (c) => ['osd', 'in', ...(c.in100(30) ? ['any'] : osds(c, 2))]],
  [2, (c) => ['osd', 'down', ...osds(c, 2)]],
  [5, (c) => ['osd', 'reweight', osd(c), share(c)]],
  [1, (c) => ['osd', 'reweightn', `{"${osd(c)}":"${c.of(['0', '32768', '65536'])}"}`]],
  [4, (c) => ['osd', 'primary-affinity', osd(c), share(c)]],
  [3, (c) => ['osd', 'pg-upmap', pg(c), ...osds(c, 3)]],
  [8, (c) => ['osd', 'pg-upmap-items', pg(c), osd(c), osd(c), ...(c.in100(20) ? [osd(c), osd(c)] : [])]],
  [4, (c) => ['osd', 'pg-upmap-primary', pg(c), osd(c)]],
  [1, (c) => ['osd', 'rm-pg-upmap', pg(c)]],
  [2, (c) => ['osd', 'rm-pg-upmap-items', pg(c)]],
  [1, (c) => ['osd', 'rm-pg-upmap-primary', pg(c)]],
  [1, () => ['osd', 'rm-pg-upmap-primary-all']],
  [2, (c) => ['osd', 'set-require-min-compat-client', c.of(['jewel', 'luminous', 'reef', 'squid'])]],
  [
    2,
    (c) => [
      'osd',
      c.of(['set', 'unset']),
      c.of(['noout', 'noin', 'noscrub', 'nodeep-scrub', 'nosnaptrim', 'notieragent']),
    ],
  ],
  [
    2,
    (c) => [
      'osd',
      c.of(['set-group', 'unset-group']),
      c.of(['noout', 'noin', 'noout,noin']),
      ...(c.in100(50) ? [bucket(c)] : osds(c, 2)),
      ...(c.in100(20) ? [className(c)] : []),
    ],
  ],
  [
    1,
    (c) => [
      'osd',
      c.of(['set-nearfull-ratio', 'set-backfillfull-ratio', 'set-full-ratio']),
      c.of(['0.8', '0.87', '0.92', '0.97']),
    ],
  ],
  [
    1,
    (c) => [
      'osd',
      'erasure-code-profile',
      'set',
      'k2m1',
      'k=2',
      'm=1',
      c.of(['crush-failure-domain=osd', 'crush-device-class=hdd']),
    ],
  ],
  [1, (c) => ['osd', 'erasure-code-profile', 'rm', c.of(['k2m1', 'k2m2', 'nothing'])]],
  [1, (c) => ['osd', 'setmaxosd', c.of(['5', '9', '12'])]],
];

/** What is there before the first edit. */
export const BEGINNING = [
  ['osd', 'set-require-min-compat-client', 'reef'],
  ['osd', 'erasure-code-profile', 'set', 'k2m1', 'k=2', 'm=1', 'crush-failure-domain=osd'],
  ['osd', 'erasure-code-profile', 'set', 'k2m2', 'k=2', 'm=2', 'crush-failure-domain=osd', 'crush-root=default'],
  ['osd', 'pool', 'create', 'p1', '16'],
  ['osd', 'pool', 'create', 'p2', '8'],
  ['osd', 'crush', 'add-bucket', 'ceph4', 'host', 'root=default'],
  ['osd', 'crush', 'add-bucket', 'rack1', 'rack', 'root=default'],
  ['osd', 'crush', 'add-bucket', 'other', 'root'],
];

/** @param {number} seed @param {number} count */
export function randomCommands(seed, count) {
  const chance = new Chance(seed);
  const pot = COMMANDS.flatMap(([often, command]) => Array.from({ length: often }, () => command));
  return Array.from({ length: count }, () => chance.of(pot)(chance));
}
