import { CephError } from '../base/errno.ts';

/** The largest errno; lrc's own codes follow it and have no name: `ceph` calls them Unknown. */
const MAX_ERRNO = 4095;

/** @ceph src/erasure-code/lrc/ErasureCodeLrc.h ERROR_LRC_ARRAY and those after it */
const CODES = {
  ARRAY: 1,
  STR: 4,
  DESCRIPTION: 6,
  PARSE_JSON: 7,
  MAPPING: 8,
  MAPPING_SIZE: 9,
  CONFIG_OPTIONS: 12,
  LAYERS_COUNT: 13,
  RULE_OP: 14,
  RULE_TYPE: 15,
  RULE_N: 16,
  ALL_OR_NOTHING: 17,
  GENERATED: 18,
  K_M_MODULO: 19,
  K_MODULO: 20,
  M_MODULO: 21,
} as const;

export function lrcError(name: keyof typeof CODES, text: string): CephError {
  return new CephError(MAX_ERRNO + CODES[name], text);
}
