import type { Parameters } from 'fast-check';

/**
 * How often a property runs: `PROPERTY_RUNS` where that is set, else `usual`. A failure prints its seed and path;
 * `PROPERTY_SEED` (and `PROPERTY_PATH`) bring it back.
 */
export function propertyRuns<T>(usual: number): Parameters<T> {
  const { PROPERTY_RUNS: runs, PROPERTY_SEED: seed, PROPERTY_PATH: path } = process.env;
  return {
    numRuns: Number(runs ?? usual),
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  };
}
