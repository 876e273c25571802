import { CephError } from '../base/errno.ts';
import type { ClsMethod } from '../codec/osd-op.ts';
import type { ObjectContext } from './object-context.ts';

/** A method and what runs when it is called. */
export interface ClsHandler {
  readonly cls: string;
  readonly name: string;
  readonly writes: boolean;
  /** Throws the CephError that the request fails with. */
  readonly run: (object: ObjectContext, input: unknown) => unknown;
}

/** Binds code to a method. A method that only reads answers ENOENT for a missing object before its code runs, as the OSD does. */
export function implement<In, Out>(
  method: ClsMethod<In, Out>,
  run: (object: ObjectContext, input: In) => Out,
): ClsHandler {
  const { cls, name, writes } = method;
  return {
    cls,
    name,
    writes,
    run: (object, input) => {
      if (!writes && !object.exists()) throw new CephError('ENOENT', `${cls}.${name}`);
      // The request was made from this same method, whose type says what its input is.
      return run(object, input as In);
    },
  };
}
