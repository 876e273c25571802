import { must } from '../base/assert.ts';
import type { CodecParts } from './codec.ts';
import { type LrcLayer, lrcCode, lrcMinimum } from './lrc-code.ts';
import { lrcError } from './lrc-errors.ts';
import { describeLayers, type LrcDescription, type LrcLayerText } from './lrc-layers.ts';
import { mappingOf } from './mapping.ts';
import type { OpenPlugin } from './plugin-clay.ts';
import type { ProfileOptions, ProfileReader } from './profile-reader.ts';
import type { RuleStep } from './rule-parameters.ts';

/** What lrc gives besides: the steps of its rule. */
export interface LrcParts extends CodecParts {
  readonly steps: readonly RuleStep[];
}

/** @ceph src/erasure-code/lrc/ErasureCodeLrc.cc init, layers_init, layers_sanity_checks */
export function openLrc(reader: ProfileReader, openPlugin: OpenPlugin): LrcParts {
  const description = describeLayers(reader);
  const opened = description.layers.map((layer) => openLayer(layer, openPlugin));
  const shardOf = mappingOf(new Map([['mapping', description.mapping]])) ?? [];
  const k = [...description.mapping].filter((letter) => letter === 'D').length;
  checkLayers(description, shardOf.length);
  const layers = opened.map(({ layer }) => layer);
  const top = must(opened[0], 'a layer');
  return {
    code: lrcCode(k, shardOf, layers),
    mapping: shardOf,
    chunkSize: top.chunkSize,
    minimum: (want, available) => lrcMinimum(layers, shardOf.length, want, available),
    steps: description.steps,
  };
}

function checkLayers({ layers, text }: LrcDescription, chunks: number): void {
  if (layers.length < 1)
    throw lrcError(
      'LAYERS_COUNT',
      `layers parameter has ${layers.length} which is less than the minimum of one. ${text}`,
    );
  for (const { chunks: own } of layers)
    if (own.length !== chunks)
      throw lrcError(
        'MAPPING_SIZE',
        `the first element of the array at position 0 (starting from zero)  is the string '${own} found in the layers` +
          ` parameter ${text}. It is expected to be ${chunks} characters long but is ${own.length} characters long instead `,
      );
}

function openLayer(
  text: LrcLayerText,
  openPlugin: OpenPlugin,
): { layer: LrcLayer; chunkSize: CodecParts['chunkSize'] } {
  const places = (letter: string): number[] => [...text.chunks].flatMap((own, i) => (own === letter ? [i] : []));
  const data = places('D');
  const coding = places('c');
  const parts = openPlugin(layerOptions(text.options, data.length, coding.length));
  return { layer: { positions: [...data, ...coding], code: parts.code }, chunkSize: parts.chunkSize };
}

function layerOptions(options: ProfileOptions, k: number, m: number): ProfileOptions {
  const byDefault: readonly [string, string][] = [
    ['k', String(k)],
    ['m', String(m)],
    ['plugin', 'isa'],
    ['technique', 'reed_sol_van'],
  ];
  return new Map([...byDefault, ...options]);
}
