import { lrcError } from './lrc-errors.ts';
import { isArray, isObject, type Json, jsonArray, jsonType } from './lrc-json.ts';
import { checkComplaints, intOption, type ProfileOptions, type ProfileReader, profileText } from './profile-reader.ts';
import type { RuleStep } from './rule-parameters.ts';

/** What the layers of a profile say. */
export interface LrcDescription {
  /** `D` for each data chunk, anything else for coding chunks. */
  readonly mapping: string;
  readonly layers: readonly LrcLayerText[];
  /** Steps of the CRUSH rule, where the profile has any or k, m and l imply them. */
  readonly steps: readonly RuleStep[];
  /** The layers as they are written, for messages. */
  readonly text: string;
}

export interface LrcLayerText {
  /** `D` for data, `c` for coding chunks of this layer, by position. */
  readonly chunks: string;
  readonly options: ProfileOptions;
}

const UNSET = -1;

/**
 * The layers, either written out or made from k, m and l.
 *
 * @ceph src/erasure-code/lrc/ErasureCodeLrc.cc parse_kml
 */
export function describeLayers(reader: ProfileReader): LrcDescription {
  const k = intOption(reader, 'k', '-1');
  const m = intOption(reader, 'm', '-1');
  const l = intOption(reader, 'l', '-1');
  const [complaint] = reader.complaints;
  if (k === UNSET && m === UNSET && l === UNSET) {
    checkComplaints(reader);
    return writtenLayers(reader);
  }
  if (complaint !== undefined) throw lrcError('ALL_OR_NOTHING', complaint);
  const text = profileText(reader.options);
  if (k === UNSET || m === UNSET || l === UNSET)
    throw lrcError('ALL_OR_NOTHING', `All of k, m, l must be set or none of them in ${text}`);
  for (const name of ['mapping', 'layers', 'crush-steps'])
    if (reader.options.has(name))
      throw lrcError('GENERATED', `The ${name} parameter cannot be set when k, m, l are set in ${text}`);
  if (l === 0 || (k + m) % l !== 0) throw lrcError('K_M_MODULO', `k + m must be a multiple of l in ${text}`);
  const groups = (k + m) / l;
  if (k % groups !== 0) throw lrcError('K_MODULO', `k must be a multiple of (k + m) / l in ${text}`);
  if (m % groups !== 0) throw lrcError('M_MODULO', `m must be a multiple of (k + m) / l in ${text}`);
  if (groups <= 0) throw lrcError('K_M_MODULO', `k + m must be a multiple of l in ${text}`);
  return generated(reader.options, groups, k / groups, m / groups);
}

/** One layer over everything, and one with a local coding chunk for each group. */
function generated(options: ProfileOptions, groups: number, k: number, m: number): LrcDescription {
  const none: ProfileOptions = new Map();
  const layers = [{ chunks: `${'D'.repeat(k)}${'c'.repeat(m)}_`.repeat(groups), options: none }];
  const size = k + m + 1;
  for (let group = 0; group < groups; group++)
    layers.push({
      chunks: `${'_'.repeat(group * size)}${'D'.repeat(k + m)}c${'_'.repeat((groups - group - 1) * size)}`,
      options: none,
    });
  const mapping = `${'D'.repeat(k)}${'_'.repeat(m)}_`.repeat(groups);
  return {
    mapping,
    layers,
    steps: impliedSteps(options, groups, size),
    text: JSON.stringify(layers.map((x) => x.chunks)),
  };
}

function impliedSteps(options: ProfileOptions, groups: number, size: number): RuleStep[] {
  const domain = options.get('crush-failure-domain') || 'host';
  const locality = options.get('crush-locality') ?? '';
  if (locality === '') return [{ op: 'chooseleaf', type: domain, n: 0 }];
  return [
    { op: 'choose', type: locality, n: groups },
    { op: 'chooseleaf', type: domain, n: size },
  ];
}

const DEFAULT_STEPS: readonly RuleStep[] = [{ op: 'chooseleaf', type: 'host', n: 0 }];

function writtenLayers({ options }: ProfileReader): LrcDescription {
  const text = options.get('layers');
  // The real plugin reads these two, and so fills them in, before it looks for layers.
  const shown = new Map(options)
    .set('crush-device-class', options.get('crush-device-class') ?? '')
    .set('crush-root', options.get('crush-root') || 'default');
  if (text === undefined) throw lrcError('DESCRIPTION', `could not find 'layers' in ${profileText(shown)}`);
  const layers = jsonArray('layers', text).map((entry, position) => layerOf(entry, position, text));
  const mapping = options.get('mapping');
  if (mapping === undefined) throw lrcError('MAPPING', `the 'mapping' profile is missing from ${profileText(shown)}`);
  const steps = options.get('crush-steps');
  return { mapping, layers, text, steps: steps === undefined ? DEFAULT_STEPS : stepsOf(steps) };
}

function layerOf(entry: Json, position: number, text: string): LrcLayerText {
  if (!isArray(entry))
    throw lrcError(
      'ARRAY',
      `each element of the array ${text} must be a JSON array but ${JSON.stringify(entry)} at position ${position}` +
        ` is of type ${jsonType(entry)} instead`,
    );
  const [chunks, options] = entry;
  if (typeof chunks !== 'string') throw elementError('STR', 'first', chunks ?? null, position, text, 'string');
  return { chunks, options: optionsOf(options ?? '', position, text) };
}

function elementError(
  name: 'STR' | 'CONFIG_OPTIONS',
  nth: string,
  value: Json,
  position: number,
  text: string,
  kind: string,
) {
  return lrcError(
    name,
    `the ${nth} element of the entry ${JSON.stringify(value)} (first is zero) ${position} in ${text}` +
      ` is of type ${jsonType(value)} instead of ${kind}`,
  );
}

/** Options of a layer's own plugin: an object, JSON in a string, or `name=value` pairs. */
function optionsOf(value: Json, position: number, text: string): ProfileOptions {
  if (isObject(value)) return new Map(Object.entries(value).map(([name, to]) => [name, String(to)]));
  if (typeof value !== 'string')
    throw elementError('CONFIG_OPTIONS', 'second', value, position, text, 'string or object');
  const pairs = value.split(/[,;\t\n ]+/).filter((pair) => pair !== '');
  return new Map(
    pairs.map((pair) => [pair.split('=', 1)[0] ?? '', pair.includes('=') ? pair.slice(pair.indexOf('=') + 1) : '']),
  );
}

function stepsOf(text: string): RuleStep[] {
  return jsonArray('crush-steps', text).map((entry, position) => {
    if (!isArray(entry))
      throw lrcError(
        'ARRAY',
        `element of the array ${text} must be a JSON array but ${JSON.stringify(entry)} at position ${position}` +
          ` is of type ${jsonType(entry)} instead`,
      );
    const [op = '', type = '', n = 0] = entry;
    if (typeof op !== 'string') throw stepError('RULE_OP', 0, entry, text, 'string', op);
    if (typeof type !== 'string') throw stepError('RULE_TYPE', 1, entry, text, 'string', type);
    if (typeof n !== 'number' || !Number.isInteger(n)) throw stepError('RULE_N', 2, entry, text, 'int', n);
    return { op, type, n };
  });
}

function stepError(
  name: 'RULE_OP' | 'RULE_TYPE' | 'RULE_N',
  at: number,
  entry: Json,
  text: string,
  kind: string,
  value: Json,
) {
  return lrcError(
    name,
    `element ${at} of the array ${JSON.stringify(entry)} found in ${text} must be a JSON ${kind}` +
      ` but is of type ${jsonType(value)} instead`,
  );
}
