import { openClay } from './plugin-clay.ts';
import { openIsa } from './plugin-isa.ts';
import { openJerasure } from './plugin-jerasure.ts';
import { openLrc } from './plugin-lrc.ts';
import type { ErasurePlugin } from './plugin-registry.ts';
import { openShec } from './plugin-shec.ts';

/** The five plugins of a package of Ceph. */
export const ERASURE_PLUGINS: ReadonlyMap<string, ErasurePlugin> = new Map<string, ErasurePlugin>([
  ['isa', openIsa],
  ['jerasure', openJerasure],
  ['shec', openShec],
  ['lrc', openLrc],
  ['clay', openClay],
]);
