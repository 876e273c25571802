import { MAPPING_CASES, mappingRate } from './crush.ts';

/** For a page: the core's rates, in the order of the cases. */
Object.assign(globalThis, { run: () => MAPPING_CASES.map((which) => mappingRate(which).core) });
