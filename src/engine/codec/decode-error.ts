import { CephError } from '../base/errno.ts';

/**
 * Why bytes are no value: they end too early; they contradict themselves; they were written by a release that says
 * this one cannot read them; or what they claim is beyond what is read here.
 */
export type DecodeKind = 'truncated' | 'corrupt' | 'newer' | 'too-large';

/** Where in the input a fault is: an offset in bytes, and the field by its path, where they are known. */
export interface FaultPlace {
  readonly offset_bytes: number | null;
  readonly field: string | null;
}

/** Input that cannot be read, with the place of the fault. EINVAL for whoever asks only that. */
export class DecodeError extends CephError {
  readonly kind: DecodeKind;
  readonly offset_bytes: number | null;
  /** As `crush.buckets[3].items`. */
  readonly field: string | null;
  /** What is wrong, without the place. */
  readonly what: string;

  constructor(kind: DecodeKind, what: string, { offset_bytes, field }: FaultPlace) {
    super('EINVAL', placed(what, offset_bytes, field));
    this.kind = kind;
    this.offset_bytes = offset_bytes;
    this.field = field;
    this.what = what;
  }

  /** The same fault, seen from what holds these bytes from `base_bytes` on in the field `holder`. */
  within(base_bytes: number, holder: string): DecodeError {
    const field = this.field === null ? holder : `${holder}.${this.field}`;
    const offset_bytes = this.offset_bytes === null ? base_bytes : base_bytes + this.offset_bytes;
    return new DecodeError(this.kind, this.what, { offset_bytes, field });
  }
}

function placed(what: string, offset_bytes: number | null, field: string | null): string {
  const where = field === null ? '' : ` (${field})`;
  return `${offset_bytes === null ? '' : `at byte ${offset_bytes}: `}${what}${where}`;
}
