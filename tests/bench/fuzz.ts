import { fuzzCorpus } from '../helpers/fuzz-corpus.ts';
import { type FuzzKind, type FuzzResult, fuzzMaps } from '../helpers/map-fuzz.ts';

/** Mutated real maps of all kinds, `inputs` of them. */
export function fuzz(conformance: string, inputs: number, seed: number, from = 0, only?: FuzzKind): FuzzResult {
  return fuzzMaps(fuzzCorpus(conformance), seed, from, from + inputs, only);
}

/** As a program of its own: `node BUNDLE CONFORMANCE INPUTS SEED FROM` prints the result and its largest size as JSON. */
const [, , conformance, inputs, seed, from] = process.argv;
if (conformance !== undefined && from !== undefined) {
  const result = fuzz(conformance, Number(inputs), Number(seed), Number(from));
  console.log(JSON.stringify({ ...result, mostMemory_kib: process.resourceUsage().maxRSS }));
}
