import { CephError } from '../../base/errno.ts';
import { findMethod } from '../../cls/class-registry.ts';
import type { OsdOp } from '../../codec/osd-op.ts';
import { ClsObject } from '../cls-object.ts';
import type { OpContext } from '../op-context.ts';

/** Runs a method of an object class on the object of a request. EOPNOTSUPP where there is none of that name. */
export function callMethod(context: OpContext, { method, input }: OsdOp & { readonly op: 'call' }): unknown {
  const handler = findMethod(method.cls, method.name);
  if (handler === undefined) throw new CephError('EOPNOTSUPP', `${method.cls}.${method.name}`);
  return handler.run(new ClsObject(context), input);
}
