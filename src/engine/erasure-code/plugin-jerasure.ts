import { CephError } from '../base/errno.ts';
import { bitCode } from './bit-code.ts';
import { bitsOfMatrix, blaumRothBits, liber8tionBits, liberationBits } from './bit-matrix.ts';
import type { ChunkCode } from './chunk-code.ts';
import { type CodecParts, roundUp } from './codec.ts';
import { cauchyGood, cauchyOriginal, reedSolomonRaid6, reedSolomonVandermonde } from './coding-matrix.ts';
import { MAX_FIELD_BITS } from './galois.ts';
import { checkLiberation } from './jerasure-checks.ts';
import { mappingOf } from './mapping.ts';
import {
  boolOption,
  checkChunkCounts,
  checkComplaints,
  intOption,
  type ProfileReader,
  stringOption,
} from './profile-reader.ts';
import { wordCode } from './word-code.ts';

export interface JerasureParameters {
  readonly technique: string;
  readonly k: number;
  readonly m: number;
  readonly w: number;
  /** 0 for the techniques without packets. */
  readonly packet_bytes: number;
  readonly perChunkAlignment: boolean;
}

/** Defaults of k, m and w, and which further options the technique has. */
interface Technique {
  readonly k: string;
  readonly m: string;
  readonly w: string;
  readonly packets: boolean;
  readonly perChunkAlignment: boolean;
}

const RAID6_TECHNIQUE = { k: '2', m: '2', packets: true, perChunkAlignment: false };

const TECHNIQUES: Readonly<Record<string, Technique>> = {
  reed_sol_van: { k: '7', m: '3', w: '8', packets: false, perChunkAlignment: true },
  reed_sol_r6_op: { k: '7', m: '2', w: '8', packets: false, perChunkAlignment: false },
  cauchy_orig: { k: '7', m: '3', w: '8', packets: true, perChunkAlignment: true },
  cauchy_good: { k: '7', m: '3', w: '8', packets: true, perChunkAlignment: true },
  liberation: { ...RAID6_TECHNIQUE, w: '7' },
  blaum_roth: { ...RAID6_TECHNIQUE, w: '7' },
  liber8tion: { ...RAID6_TECHNIQUE, w: '8' },
};

const DEFAULT_PACKET_SIZE = '2048';

/**
 * jerasure's seven techniques.
 *
 * @ceph src/erasure-code/jerasure/ErasureCodeJerasure.cc — parameters, checks and bytes; where the real plugin takes
 *   parameters that it then crashes on (a field too small for k + m, a third chunk of a RAID-6 technique) this answers EINVAL
 */
export function openJerasure(reader: ProfileReader): CodecParts {
  const technique = stringOption(reader, 'technique', 'reed_sol_van');
  const traits = Object.hasOwn(TECHNIQUES, technique) ? TECHNIQUES[technique] : undefined;
  if (traits === undefined)
    throw new CephError(
      'ENOENT',
      `technique=${technique} is not a valid coding technique.  Choose one of the following: ${Object.keys(TECHNIQUES).join(', ')}`,
    );
  const parameters = readParameters(reader, technique, traits);
  checkComplaints(reader);
  return { code: jerasureCode(parameters), chunkSize: (length_bytes) => chunkSize(parameters, length_bytes) };
}

function readParameters(reader: ProfileReader, technique: string, traits: Technique): JerasureParameters {
  const k = intOption(reader, 'k', traits.k);
  const m = intOption(reader, 'm', traits.m);
  const w = intOption(reader, 'w', traits.w);
  checkMapping(reader, k + m);
  checkChunkCounts(reader, k, m);
  checkWords(reader, technique, m, w);
  const packet_bytes = traits.packets ? intOption(reader, 'packetsize', DEFAULT_PACKET_SIZE) : 0;
  const perChunkAlignment = traits.perChunkAlignment && boolOption(reader, 'jerasure-per-chunk-alignment', 'false');
  const parameters = { technique, k, m, w, packet_bytes, perChunkAlignment };
  if (!traits.perChunkAlignment && traits.packets) checkLiberation(reader, parameters);
  if (reader.complaints.length === 0) checkUsable(reader, parameters);
  return parameters;
}

/** The real plugin reads the mapping twice and then finds it twice as long as it should be: it takes none. */
function checkMapping(reader: ProfileReader, chunks: number): void {
  const mapping = mappingOf(reader.options);
  if (mapping === undefined || mapping.length === 0) return;
  const length = mapping.length === chunks ? 2 * chunks : mapping.length;
  reader.complaints.push(
    `mapping ${reader.options.get('mapping') ?? ''} maps ${length} chunks instead of the expected ${chunks} and will be ignored`,
  );
}

function checkWords(reader: ProfileReader, technique: string, m: number, w: number): void {
  const { complaints } = reader;
  const wide = w !== 8 && w !== 16 && w !== 32;
  if (technique === 'reed_sol_van' && wide)
    complaints.push(`ReedSolomonVandermonde: w=${w} must be one of {8, 16, 32} : revert to 8`);
  if (technique === 'reed_sol_r6_op') {
    if (m !== 2) complaints.push(`ReedSolomonRAID6: m=${m} must be 2 for RAID6: revert to 2`);
    if (wide) complaints.push(`ReedSolomonRAID6: w=${w} must be one of {8, 16, 32} : revert to 8 `);
  }
  if (technique === 'liber8tion') {
    if (m !== 2) complaints.push(`liber8tion: m=${m} must be 2 for liber8tion: revert to 2`);
    if (w !== 8) complaints.push(`liber8tion: w=${w} must be 8 for liber8tion: revert to 8`);
  }
}

/** What the real plugin lets through and cannot compute. */
function checkUsable(reader: ProfileReader, { technique, k, m, w, packet_bytes }: JerasureParameters): void {
  if (technique.startsWith('cauchy')) {
    if (w < 1 || w > MAX_FIELD_BITS || k + m > 2 ** w)
      reader.complaints.push(`k=${k} m=${m} do not fit a field of w=${w} bits`);
    if (packet_bytes <= 0) reader.complaints.push(`packetsize=${packet_bytes} must be positive`);
  }
  if ((technique === 'liberation' || technique === 'blaum_roth') && m !== 2)
    reader.complaints.push(`m=${m} must be 2 for ${technique}`);
}

function jerasureCode({ technique, k, m, w, packet_bytes }: JerasureParameters): ChunkCode {
  switch (technique) {
    case 'reed_sol_van':
      return wordCode(k, reedSolomonVandermonde(k, m, w), w);
    case 'reed_sol_r6_op':
      return wordCode(k, reedSolomonRaid6(k, w), w);
    case 'cauchy_orig':
      return bitCode(k, bitsOfMatrix(cauchyOriginal(k, m, w), w), w, packet_bytes);
    case 'cauchy_good':
      return bitCode(k, bitsOfMatrix(cauchyGood(k, m, w), w), w, packet_bytes);
    case 'liberation':
      return bitCode(k, liberationBits(k, w), w, packet_bytes);
    case 'blaum_roth':
      return bitCode(k, blaumRothBits(k, w), w, packet_bytes);
    default:
      return bitCode(k, liber8tionBits(k), w, packet_bytes);
  }
}

const VECTOR_BYTES = 16;
const INT_BYTES = 4;

/** @ceph src/erasure-code/jerasure/ErasureCodeJerasure.cc get_chunk_size, get_alignment */
function chunkSize({ k, w, packet_bytes, perChunkAlignment }: JerasureParameters, length_bytes: number): number {
  const unit = w * (packet_bytes || 1);
  if (perChunkAlignment) {
    const alignment = packet_bytes === 0 ? w * VECTOR_BYTES : roundUp(unit, VECTOR_BYTES);
    return roundUp(Math.ceil(length_bytes / k), alignment);
  }
  const word_bytes = (unit * INT_BYTES) % VECTOR_BYTES === 0 ? INT_BYTES : VECTOR_BYTES;
  return roundUp(length_bytes, k * unit * word_bytes) / k;
}
