import { CephError } from '../base/errno.ts';
import { DecodeError, type DecodeKind } from '../codec/decode-error.ts';

/** Why a brought file is no map, for whoever shows it: `offset` in bytes and `field` by its path, where known. */
export interface MapFault {
  readonly code: DecodeKind;
  readonly message: string;
  readonly offset: number | null;
  readonly field: string | null;
}

/** What a decoder threw, as a fault; undefined for what is no fault of the input, which is to be thrown on. */
export function mapFaultOf(error: unknown): MapFault | undefined {
  if (error instanceof DecodeError) {
    return { code: error.kind, message: error.what, offset: error.offset_bytes, field: error.field };
  }
  if (!(error instanceof CephError)) return undefined;
  return { code: 'corrupt', message: error.context, offset: null, field: null };
}
