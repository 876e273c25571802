import type { Parameters } from 'fast-check';

/**
 * How often a property runs: `PROPERTY_RUNS` where that is set, else `usual`. A failure prints its seed and path;
 * `PROPERTY_SEED` (see property-seed.ts) and `PROPERTY_PATH` bring it back.
 */
export function propertyRuns<T>(usual: number): Parameters<T> {
  const { PROPERTY_RUNS: runs, PROPERTY_PATH: path } = process.env;
  return {
    numRuns: Number(runs ?? usual),
    ...(path === undefined ? {} : { path }),
  };
}
