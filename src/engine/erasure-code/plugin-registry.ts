import { must } from '../base/assert.ts';
import type { CodecParts } from './codec.ts';
import type { ProfileOptions, ProfileReader } from './profile-reader.ts';
import type { RuleStep } from './rule-parameters.ts';

/** What a plugin makes of a profile; `steps` where it has CRUSH steps of its own. */
export interface OpenedParts extends CodecParts {
  readonly steps?: readonly RuleStep[];
}

/** Opens a profile; `inner` opens one within it. Throws what the plugin objects to. */
export type ErasurePlugin = (reader: ProfileReader, inner: (options: ProfileOptions) => CodecParts) => OpenedParts;

let loaded: ReadonlyMap<string, ErasurePlugin> | undefined;

/** Loads the plugins. As in Ceph they are no part of the OSD: a page that shows a cluster needs none of them. */
export function loadErasurePlugins(plugins: ReadonlyMap<string, ErasurePlugin>): void {
  loaded = plugins;
}

export function pluginOf(name: string): ErasurePlugin | undefined {
  return must(loaded, 'erasure code plugins').get(name);
}
