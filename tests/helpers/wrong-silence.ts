import { CephError } from '../../src/engine/base/errno.ts';
import { compileCrushMap } from '../../src/engine/crush/compile/compile.ts';
import { decodeCrushMap } from '../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../src/engine/crush/decompile.ts';
import { decodeOsdMap } from '../../src/engine/osdmap/decode.ts';
import { mapText } from '../../src/terminal/cli/osdmaptool/map-text.ts';
import { fuzzCorpus } from './fuzz-corpus.ts';
import { type FuzzKind, fuzzInput } from './map-fuzz.ts';
import { Chance } from './map-mutations.ts';

/** A damaged file, and what we say of it: empty where it is accepted. */
export interface Judged {
  readonly bytes: Uint8Array;
  readonly refusal: string;
}

type Kind = Exclude<FuzzKind, 'incremental'>;

/** Inputs `from` to `to` of one kind, the same for a seed. */
export function judged(conformance: string, kind: Kind, seed: number, from: number, to: number): Judged[] {
  const corpus = fuzzCorpus(conformance);
  return Array.from({ length: to - from }, (_, at) => {
    const bytes = fuzzInput(corpus, kind, new Chance(seed + (from + at) * 2_654_435_761));
    return { bytes, refusal: refusalOf(kind, bytes) };
  });
}

function refusalOf(kind: Kind, bytes: Uint8Array): string {
  try {
    if (kind === 'osdmap') mapText(decodeOsdMap(bytes));
    else if (kind === 'crushmap') decompileCrushMap(decodeCrushMap(bytes));
    else return textRefusal(bytes);
    return '';
  } catch (error) {
    if (error instanceof CephError) return String(error);
    throw error;
  }
}

function textRefusal(bytes: Uint8Array): string {
  const { map, messages } = compileCrushMap(bytes, 'map.txt');
  return map === undefined ? messages || 'refused without a word' : '';
}
