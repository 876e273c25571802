import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CephError, cppStrerror, ERRNO } from '../../../../src/engine/base/errno.ts';
import { checkOverride, checkProfile, profileOptionsOf } from '../../../../src/engine/erasure-code/monitor-profile.ts';
import { codecOf, parseProfile } from '../../../../src/engine/erasure-code/profile.ts';
import { DEFAULT_PROFILE, isType } from './samples.ts';

interface Answer {
  readonly words: string;
  readonly status: number;
  readonly error?: string;
  readonly text?: string;
  readonly options?: string;
}

const ANSWERS: Answer[] = readFileSync(new URL('../../../conformance/erasure/profiles.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** What a real cluster printed for accepted profiles that plugins of ours refuse, since it could not use them either. */
const REFUSED_BY_US = ['plugin=jerasure technique=liberation k=4 m=3', 'plugin=jerasure technique=liberation k=2 m=1'];

function answerOf(words: string): Omit<Answer, 'words'> {
  try {
    const { options } = checkProfile(profileOptionsOf(words.split(' '), DEFAULT_PROFILE), isType);
    const names = [...options.keys()].sort();
    return { status: 0, options: names.map((name) => `${name}=${options.get(name)}`).join(' ') };
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    const name = Object.entries(ERRNO).find(([, value]) => value === error.errno)?.[0];
    return { status: error.errno & 255, error: name ?? 'Unknown', text: error.context || cppStrerror(error.errno) };
  }
}

describe('erasure code profiles as the real monitor takes or refuses them', () => {
  for (const { words, ...real } of ANSWERS.filter((answer) => !REFUSED_BY_US.includes(answer.words)))
    it(words, () => {
      expect(answerOf(words)).toEqual(real);
    });

  it('refuses what the real plugins accept and cannot compute', () => {
    for (const words of [...REFUSED_BY_US, 'plugin=jerasure technique=cauchy_orig k=17 m=2 w=4'])
      expect(answerOf(words).error, words).toBe('EINVAL');
  });

  it('replaces a profile by another only when told twice, and by the same always', () => {
    const same = parseProfile(DEFAULT_PROFILE).options;
    const { options: proposed } = parseProfile(new Map([...DEFAULT_PROFILE, ['k', '3']]));
    const was = DEFAULT_PROFILE;
    const no = { force: false, sure: false };
    expect(() => checkOverride('m1', was, same, no)).not.toThrow();
    expect(() => checkOverride('m1', was, proposed, no)).toThrow(
      'will not override erasure code profile m1 because the existing profile {k=2,m=2,plugin=isa,technique=reed_sol_van}' +
        ' is different from the proposed profile {crush-device-class=,crush-failure-domain=host,crush-num-failure-domains=0,' +
        'crush-osds-per-failure-domain=0,crush-root=default,k=3,m=2,plugin=isa,technique=reed_sol_van}',
    );
    expect(() => checkOverride('m1', was, proposed, { force: true, sure: false })).toThrow(
      'overriding erasure code profile can be DANGEROUS; add --yes-i-really-mean-it to do it anyway',
    );
    expect(() => checkOverride('m1', was, proposed, { force: true, sure: true })).not.toThrow();
  });

  it('takes a stripe_unit that is no multiple of 4096 by force', () => {
    const words = 'plugin=jerasure technique=liberation k=2 m=2 packetsize=32 stripe_unit=896'.split(' ');
    expect(checkProfile(profileOptionsOf(words, DEFAULT_PROFILE), isType, true).options.get('stripe_unit')).toBe('896');
  });

  it('reads what the CRUSH rule needs', () => {
    const words = [
      'crush-root=here',
      'crush-failure-domain=rack',
      'crush-device-class=ssd',
      'crush-osds-per-failure-domain=2',
    ];
    expect(parseProfile(profileOptionsOf(words, DEFAULT_PROFILE)).rule).toEqual({
      root: 'here',
      failureDomain: 'rack',
      deviceClass: 'ssd',
      osdsPerFailureDomain: 2,
      numFailureDomains: 0,
    });
    const local = profileOptionsOf('plugin=lrc k=4 m=2 l=3 crush-locality=rack'.split(' '), DEFAULT_PROFILE);
    expect(parseProfile(local).rule.steps).toEqual([
      { op: 'choose', type: 'rack', n: 2 },
      { op: 'chooseleaf', type: 'host', n: 4 },
    ]);
  });

  it('makes the codec of a stored profile once', () => {
    const { options } = parseProfile(DEFAULT_PROFILE);
    expect(codecOf(options)).toBe(codecOf(new Map(options)));
  });
});
