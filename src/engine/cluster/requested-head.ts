import type { OsdRequest } from '../codec/osd-op.ts';
import { NOSNAP } from '../codec/snap.ts';
import type { HObject } from '../os/hobject.ts';
import { objectHash } from '../osdmap/placement.ts';

/** The head that a request names. */
export function requestedHead({ nspace, oid, locator }: OsdRequest): HObject {
  return { nspace, oid, locator, hash: objectHash(nspace, locator || oid), snap: NOSNAP };
}
