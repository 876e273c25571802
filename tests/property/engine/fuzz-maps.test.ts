import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { fuzzCorpus } from '../../helpers/fuzz-corpus.ts';
import { type FuzzKind, fuzzMaps } from '../../helpers/map-fuzz.ts';
import '../../helpers/property-seed.ts';

const SEED = Number(process.env.PROPERTY_SEED ?? 20261122) || Date.now();
const INPUTS = Number(process.env.FUZZ_RUNS ?? 1250);
/** Most take a millisecond; the machine that tests run on has other work. */
const MOST_READ_MS = 2000;

const corpus = fuzzCorpus(fileURLToPath(new URL('../../conformance', import.meta.url)));

describe(`mutated real files (seed ${SEED}): an error that says its kind, or a map that can be used`, () => {
  test.each<FuzzKind>(['osdmap', 'incremental', 'crushmap', 'text'])('%s', (kind) => {
    const result = fuzzMaps(corpus, SEED, 0, INPUTS, kind);
    expect(result.findings).toEqual([]);
    expect(result.slowestRead_ms).toBeLessThan(MOST_READ_MS);
    // Most would mean little if all were refused, or none.
    const read = result.refused.read ?? 0;
    expect(read).toBeGreaterThan(INPUTS / 50);
    expect(INPUTS - read).toBeGreaterThan(INPUTS / 50);
  });
});
