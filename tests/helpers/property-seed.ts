import fc from 'fast-check';

/**
 * Every run of the suite tries the same random cases, so that red means a change; `PROPERTY_SEED` tries others:
 * a number, or `random`. What fails prints its seed and path.
 */
const { PROPERTY_SEED: seed = '20261122' } = process.env;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
