import { type MonAnswer, refused } from './mon-answer.ts';

/** What a plugin makes of a profile that leaves things out. */
interface Plugin {
  readonly k: number;
  readonly m: number;
  readonly rest: readonly (readonly [string, string])[];
  readonly techniques: readonly string[];
}

const PLUGINS: Readonly<Record<string, Plugin>> = {
  isa: { k: 7, m: 3, rest: [['technique', 'reed_sol_van']], techniques: ['reed_sol_van', 'cauchy'] },
  jerasure: {
    k: 7,
    m: 3,
    rest: [
      ['jerasure-per-chunk-alignment', 'false'],
      ['technique', 'reed_sol_van'],
      ['w', '8'],
    ],
    techniques: [
      ...['reed_sol_van', 'reed_sol_r6_op', 'cauchy_orig', 'cauchy_good', 'liberation', 'blaum_roth', 'liber8tion'],
    ],
  },
};

const CRUSH_PARTS: readonly (readonly [string, string])[] = [
  ['crush-device-class', ''],
  ['crush-failure-domain', 'host'],
  ['crush-num-failure-domains', '0'],
  ['crush-osds-per-failure-domain', '0'],
  ['crush-root', 'default'],
];

/** True for a plugin of Ceph's that is not here. */
export function isMissingPlugin(name: string): boolean {
  return ['lrc', 'shec', 'clay'].includes(name);
}

/**
 * A profile with all that its plugin takes, by name; or what is wrong with it.
 *
 * @ceph src/erasure-code/ErasureCode.cc, isa/ErasureCodeIsa.cc, jerasure/ErasureCodeJerasure.cc init — exact for
 *   reed_sol_van; of other techniques only the names are looked at
 */
export function normalProfile(profile: ReadonlyMap<string, string>): ReadonlyMap<string, string> | MonAnswer {
  const name = profile.get('plugin') ?? '';
  const plugin = PLUGINS[name];
  if (plugin === undefined) return noSuchPlugin(name);
  const counts: [string, string][] = [];
  for (const [key, usual, least] of [
    ['k', plugin.k, 2],
    ['m', plugin.m, 1],
  ] as const) {
    const text = profile.get(key) || String(usual);
    if (!/^[+-]?\d{1,9}$/.test(text)) return notInt(key, text, usual);
    if (Number(text) < least) return refused('EINVAL', `${key}=${Number(text)} must be >= ${least}`);
    counts.push([key, text]);
  }
  const technique = profile.get('technique') ?? 'reed_sol_van';
  if (!plugin.techniques.includes(technique))
    return refused('ENOENT', `technique=${technique} is not a valid coding technique. `);
  const whole = new Map([...CRUSH_PARTS, ...plugin.rest, ...profile, ...counts]);
  return new Map([...whole].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function notInt(key: string, text: string, usual: number): MonAnswer {
  const reason = `Expected option value to be integer, got '${text}'`;
  return refused('EINVAL', `could not convert ${key}=${text} to int because ${reason}, set to default ${usual}`);
}

const PLUGIN_FOLDER = '/usr/lib/x86_64-linux-gnu/ceph/erasure-code';

function noSuchPlugin(name: string): MonAnswer {
  const file = `${PLUGIN_FOLDER}/libec_${name}.so`;
  const reason = 'cannot open shared object file: No such file or directory';
  return refused('EIO', `load dlopen(${file}): ${file}: ${reason}`);
}
