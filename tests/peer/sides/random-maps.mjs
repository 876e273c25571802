import { sandboxMap } from './tools.mjs';

/** @typedef {import('./random.mjs').Chance} Chance */

const ALGS = ['straw2', 'straw2', 'straw2', 'straw', 'list', 'tree', 'uniform'];

/** A CRUSH map as text: racks, hosts and devices, with classes and rules. @param {Chance} chance */
export function crushText(chance) {
  const shape = { racks: chance.between(1, 4), hosts: chance.between(1, 4), osds: chance.between(1, 4) };
  const alg = chance.in100(60) ? 'straw2' : chance.of(ALGS);
  const classes = chance.in100(50);
  const devices = shape.racks * shape.hosts * shape.osds;
  const weights = Array.from({ length: devices }, () =>
    alg === 'uniform' ? 1 : chance.of([0, 0.5, 1, 1, 1, 2, 3.64]),
  );
  const lines = tunables(chance);
  for (let id = 0; id < devices; id++) {
    lines.push(`device ${id} osd.${id}${classes ? ` class ${chance.of(['hdd', 'ssd'])}` : ''}`);
  }
  lines.push('type 0 osd', 'type 1 host', 'type 2 rack', 'type 3 root');
  lines.push(...buckets(shape, alg, weights), ...rules(chance, classes));
  return { text: `${lines.join('\n')}\n`, devices };
}

/** @param {Chance} chance */
function tunables(chance) {
  if (chance.in100(30)) return [];
  const [vary, stable] = [chance.between(0, 1), chance.between(0, 1)];
  return [
    `tunable choose_local_tries ${chance.of([0, 0, 2])}`,
    `tunable choose_local_fallback_tries ${chance.of([0, 0, 5])}`,
    `tunable choose_total_tries ${chance.of([19, 50, 100])}`,
    'tunable chooseleaf_descend_once 1',
    `tunable chooseleaf_vary_r ${vary}`,
    `tunable chooseleaf_stable ${stable}`,
    'tunable straw_calc_version 1',
    'tunable allowed_bucket_algs 62',
  ];
}

function buckets({ racks, hosts, osds }, alg, weights) {
  const lines = [];
  const bucket = (type, name, id, items) => {
    lines.push(`${type} ${name} {`, `\tid ${id}`, `\talg ${alg}`, '\thash 0');
    for (const [item, weight] of items) lines.push(`\titem ${item} weight ${weight.toFixed(3)}`);
    lines.push('}');
  };
  let [next, host] = [-2, 0];
  const tops = [];
  for (let rack = 0; rack < racks; rack++) {
    const inner = [];
    for (let at = 0; at < hosts; at++, host++) {
      const own = Array.from({ length: osds }, (_, place) => [
        `osd.${host * osds + place}`,
        weights[host * osds + place],
      ]);
      bucket('host', `h${host}`, next--, own);
      inner.push([`h${host}`, own.reduce((sum, [, weight]) => sum + weight, 0)]);
    }
    bucket('rack', `r${rack}`, next--, inner);
    tops.push([`r${rack}`, inner.reduce((sum, [, weight]) => sum + weight, 0)]);
  }
  bucket('root', 'default', -1, tops);
  return lines;
}

/** @param {Chance} chance @param {boolean} classes */
function rules(chance, classes) {
  const take = () => `step take default${classes && chance.in100(30) ? ` class ${chance.of(['hdd', 'ssd'])}` : ''}`;
  const bodies = [
    ['firstn', [take(), 'step chooseleaf firstn 0 type host', 'step emit']],
    ['indep', ['step set_chooseleaf_tries 5', take(), 'step chooseleaf indep 0 type host', 'step emit']],
    ['firstn', [take(), 'step choose firstn 2 type rack', 'step chooseleaf firstn 2 type host', 'step emit']],
    ['firstn', [take(), 'step chooseleaf firstn 0 type rack', 'step emit']],
    ['firstn', [take(), 'step choose firstn 0 type osd', 'step emit']],
    [
      'firstn',
      [
        'step take r0',
        'step chooseleaf firstn 1 type host',
        'step emit',
        take(),
        'step chooseleaf firstn -1 type host',
        'step emit',
      ],
    ],
  ];
  const chosen = [bodies[0], ...bodies.slice(1).filter(() => chance.in100(40))];
  return chosen.flatMap(([mode, steps], id) => {
    const type = mode === 'indep' ? 'erasure' : 'replicated';
    return [`rule rule${id} {`, `\tid ${id}`, `\ttype ${type}`, ...steps.map((step) => `\t${step}`), '}'];
  });
}

/** The map of a sandbox after commands by chance. @param {Chance} chance @param {number} seed */
export function osdMap(chance, seed) {
  const lines = [];
  const pools = chance.between(1, 3);
  for (let at = 0; at < pools; at++) {
    const [pgs, size] = [chance.of([8, 16, 32, 64, 24, 100]), chance.of([2, 3, 3, 3, 4])];
    lines.push(`ceph osd pool create p${at} ${pgs} ${pgs}`, `ceph osd pool set p${at} size ${size}`);
  }
  const osd = () => chance.between(0, 8);
  const commands = [
    () => `ceph osd out ${osd()}`,
    () => `ceph osd reweight ${osd()} ${chance.of(['0.3', '0.5', '0.8'])}`,
    () => `ceph osd primary-affinity ${osd()} ${chance.of(['0', '0.25', '0.5'])}`,
    () => `ceph osd primary-affinity ${osd()} ${chance.of(['0.75', '1'])}`,
    () => `ceph osd crush reweight osd.${osd()} ${chance.of(['0.05', '0.1', '0.4', '0.8'])}`,
    () => `ceph osd pg-upmap-items ${chance.between(2, 4)}.${chance.between(0, 15).toString(16)} ${osd()} ${osd()}`,
    () => `ceph osd pg-upmap-primary ${chance.between(2, 4)}.${chance.between(0, 15).toString(16)} ${osd()}`,
    () => `ceph osd pool set p${chance.between(0, 2)} read_ratio ${chance.of([30, 50, 70, 90, 100])}`,
    () => `ceph osd set ${chance.of(['noout', 'noscrub', 'norebalance', 'pause'])}`,
    () => `ceph osd down ${osd()} --definitely-dead`,
    () => `ceph osd rm ${osd()}`,
    () => `ceph osd crush rm osd.${osd()}`,
    () => `ceph osd crush move osd.${osd()} host=ceph${chance.between(1, 4)}`,
    () => `ceph osd crush weight-set create-compat`,
    () => `ceph osd crush weight-set reweight-compat osd.${osd()} ${chance.of(['0.1', '0.3'])}`,
  ];
  lines.push('ceph osd set noup; ceph osd unset noup', 'ceph osd set-require-min-compat-client reef');
  for (let left = chance.between(0, 10); left > 0; left--) lines.push(chance.of(commands)());
  return sandboxMap(lines.join('\n'), seed);
}
