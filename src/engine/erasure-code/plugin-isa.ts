import { CephError } from '../base/errno.ts';
import { type CodecParts, roundUp } from './codec.ts';
import { isaCauchy, isaVandermonde } from './coding-matrix.ts';
import { mappingOf } from './mapping.ts';
import type { Matrix } from './matrix.ts';
import { checkChunkCounts, checkComplaints, intOption, type ProfileReader } from './profile-reader.ts';
import { wordCode } from './word-code.ts';

const ALIGNMENT_BYTES = 32;

/**
 * ISA-L's codes over bytes: Vandermonde (where it is safe) and Cauchy.
 *
 * @ceph src/erasure-code/isa/ErasureCodeIsa.cc ErasureCodeIsaDefault — parameters, checks and bytes; with a mapping the
 *   shards are ours: a recorded pool with one (D_D) held other bytes, which no sound reading of the mapping gives
 */
export function openIsa(reader: ProfileReader): CodecParts {
  const technique = reader.options.get('technique') ?? 'reed_sol_van';
  reader.options.set('technique', technique);
  if (technique !== 'reed_sol_van' && technique !== 'cauchy')
    throw new CephError(
      'ENOENT',
      `technique=${technique} is not a valid coding technique.  Choose one of the following: reed_sol_van,cauchy`,
    );
  const k = intOption(reader, 'k', '7');
  const m = intOption(reader, 'm', '3');
  checkChunkCounts(reader, k, m);
  if (technique === 'reed_sol_van') checkVandermonde(reader, k, m);
  checkComplaints(reader);
  const mapping = mappingOf(reader.options);
  return {
    code: wordCode(k, codingOf(technique, k, m), 8),
    chunkSize: (length_bytes) => roundUp(Math.ceil(length_bytes / k), ALIGNMENT_BYTES),
    // A mapping of another length is kept in the profile and means nothing.
    ...(mapping?.length === k + m && { mapping }),
  };
}

/** A single coding chunk is the XOR of the data, whatever the technique. */
function codingOf(technique: string, k: number, m: number): Matrix {
  return technique === 'cauchy' && m > 1 ? isaCauchy(k, m) : isaVandermonde(k, m);
}

function checkVandermonde(reader: ProfileReader, k: number, m: number): void {
  if (k > 32) reader.complaints.push(`Vandermonde: m=${m} should be less/equal than 32 : revert to k=32`);
  if (m > 4)
    reader.complaints.push(`Vandermonde: m=${m} should be less than 5 to guarantee an MDS codec: revert to m=4`);
  if (m >= 4 && k > 21)
    reader.complaints.push(
      `Vandermonde: k=${k} should be less than 22 to guarantee an MDS codec with m=4: revert to k=21`,
    );
}
