import { CephError } from '../base/errno.ts';
import { clayCode, clayRepair, clayShape } from './clay-code.ts';
import { clayMinimum } from './clay-repair.ts';
import { type CodecParts, roundUp } from './codec.ts';
import {
  checkChunkCounts,
  checkComplaints,
  intOption,
  type ProfileOptions,
  type ProfileReader,
} from './profile-reader.ts';

/** Makes the parts of a plugin by its profile. */
export type OpenPlugin = (options: ProfileOptions) => CodecParts;

const TECHNIQUES: Readonly<Record<string, readonly string[]>> = {
  jerasure: ['reed_sol_van', 'reed_sol_r6_op', 'cauchy_orig', 'cauchy_good', 'liber8tion'],
  isa: ['reed_sol_van', 'cauchy'],
  shec: ['single', 'multiple'],
};

/** What the real plugin names in its refusals, quotes and blanks as they are there. */
const NAMED: Readonly<Record<string, string>> = {
  jerasure: " reed_sol_van', 'reed_sol_r6_op','cauchy_orig','cauchy_good','liber8tion'",
  isa: "'reed_sol_van','cauchy'",
  shec: "'single','multiple'",
};

/**
 * Coupled-layer codes, which read less to have one chunk back.
 *
 * @ceph src/erasure-code/clay/ErasureCodeClay.cc — parameters, bytes and sub-chunks to read
 */
export function openClay(reader: ProfileReader, openPlugin: OpenPlugin): CodecParts {
  const k = intOption(reader, 'k', '4');
  const m = intOption(reader, 'm', '2');
  checkChunkCounts(reader, k, m);
  const d = intOption(reader, 'd', String(k + m - 1));
  const inner = innerOptions(reader);
  if (reader.complaints.length === 0 && (d < k + 1 || d > k + m - 1))
    reader.complaints.push(`value of d ${d} must be within [${k + 1},${k + m - 1}]`);
  checkComplaints(reader);
  const shape = clayShape(k, m, d);
  if (k + m + shape.nu > 254) throw new CephError('EINVAL');
  const scalar = openPlugin(new Map([...inner, ['k', String(k + shape.nu)], ['m', String(m)]]));
  const pair = openPlugin(new Map([...inner, ['k', '2'], ['m', '2']]));
  const alignment = shape.subChunkCount * k * pair.chunkSize(1);
  return {
    code: clayCode(shape, scalar.code, pair.code),
    subChunkCount: shape.subChunkCount,
    chunkSize: (length_bytes) => roundUp(length_bytes, alignment) / k,
    minimum: (want, available) => clayMinimum(shape, want, available),
    repair: (lost, given) => clayRepair(shape, scalar.code, pair.code, lost, given),
  };
}

/** Plugin, technique, w (and c) of the codes inside. */
function innerOptions(reader: ProfileReader): Map<string, string> {
  const plugin = reader.options.get('scalar_mds') || 'jerasure';
  const techniques = Object.hasOwn(TECHNIQUES, plugin) ? TECHNIQUES[plugin] : undefined;
  if (techniques === undefined) {
    reader.complaints.push("scalar_mds is not currently supported, use one of 'jerasure', 'isa', 'shec'");
    return new Map();
  }
  const technique = reader.options.get('technique') || techniques[0] || '';
  if (!techniques.includes(technique))
    reader.complaints.push(`technique ${technique}is not currently supported, use one of${NAMED[plugin] ?? ''}`);
  const options = new Map([
    ['plugin', plugin],
    ['technique', technique],
    ['w', '8'],
  ]);
  return plugin === 'shec' ? options.set('c', '2') : options;
}
