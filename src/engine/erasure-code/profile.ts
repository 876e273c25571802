import { CephError } from '../base/errno.ts';
import { type CodecParts, codecFrom, type ErasureCodec } from './codec.ts';
import { type OpenedParts, pluginOf } from './plugin-registry.ts';
import { type ProfileOptions, type ProfileReader, readerOf } from './profile-reader.ts';
import { type RuleParameters, ruleParametersOf } from './rule-parameters.ts';

/** An erasure code profile that a plugin has accepted. */
export interface ErasureProfile {
  /** All options with the plugin's defaults filled in: what the map keeps. */
  readonly options: ProfileOptions;
  readonly rule: RuleParameters;
  readonly codec: ErasureCodec;
}

/**
 * Opens the profile's plugin with it. Throws what the plugin objects to, with the line that the monitor shows: EINVAL, ENOENT
 * for an unknown technique, EIO for an unknown plugin, lrc's own unnamed codes; an empty context stands for the errno's text.
 *
 * @ceph src/erasure-code/ErasureCodePlugin.cc ErasureCodePluginRegistry::factory — the five plugins of a package
 */
export function parseProfile(options: ProfileOptions): ErasureProfile {
  const reader = readerOf(options);
  const parts = openParts(reader);
  const rule = ruleParametersOf(reader);
  return {
    options: reader.options,
    rule: parts.steps === undefined ? rule : { ...rule, steps: parts.steps },
    codec: codecFrom(parts),
  };
}

const codecs = new Map<string, ErasureCodec>();
const MAX_CODECS = 64;

/** The codec of a profile that has been accepted before; made once for profiles that say the same. */
export function codecOf(options: ProfileOptions): ErasureCodec {
  const key = JSON.stringify([...options].sort(([a], [b]) => (a < b ? -1 : 1)));
  let codec = codecs.get(key);
  if (codec === undefined) {
    if (codecs.size >= MAX_CODECS) codecs.clear();
    codec = parseProfile(options).codec;
    codecs.set(key, codec);
  }
  return codec;
}

/** Plugins within plugins are scalar: neither lrc nor clay opens itself. */
const MAX_DEPTH = 4;

function openParts(reader: ProfileReader, depth = 0): OpenedParts {
  if (depth > MAX_DEPTH) throw new CephError('EINVAL', 'plugins within plugins within plugins');
  const inner = (options: ProfileOptions): CodecParts => openParts(readerOf(options), depth + 1);
  const name = reader.options.get('plugin') ?? '';
  const open = pluginOf(name);
  if (open === undefined) throw new CephError('EIO', noPlugin(name));
  return open(reader, inner);
}

const PLUGIN_FOLDER = '/usr/lib/x86_64-linux-gnu/ceph/erasure-code';

function noPlugin(plugin: string): string {
  const file = `${PLUGIN_FOLDER}/libec_${plugin}.so`;
  return `load dlopen(${file}): ${file}: cannot open shared object file: No such file or directory`;
}
