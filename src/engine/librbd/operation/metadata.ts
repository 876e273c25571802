import { CephError } from '../../base/errno.ts';
import type { Task } from '../../base/task.ts';
import { utf8Decode, utf8Encode } from '../../base/utf8.ts';
import { clsRbdMetadata } from '../../codec/cls-rbd-methods.ts';
import type { IoCtx } from '../../librados/io-ctx.ts';
import { checkOverride } from '../config-override.ts';
import type { ImageCtx } from '../image-ctx.ts';
import { journaledOp, lockForOp } from '../journal/journaled-op.ts';

const PAGE = 64;

/** Pairs in the order of keys. */
export function* listMetadata(image: ImageCtx): Task<(readonly [key: string, value: string])[]> {
  const entries = yield* listMetadataOf(image.io, image.headerOid);
  return entries.map(([key, value]) => [key, utf8Decode(value)] as const);
}

/** The same of a header, as stored. */
export function* listMetadataOf(io: IoCtx, header: string): Task<(readonly [key: string, value: Uint8Array])[]> {
  const out: (readonly [string, Uint8Array])[] = [];
  for (let start = ''; ; start = out.at(-1)?.[0] ?? '') {
    const page = yield* io.exec(header, clsRbdMetadata.list, { start, max: PAGE });
    out.push(...page);
    if (page.length < PAGE) return out;
  }
}

/** ENOENT where it is not set. */
export function* getMetadata(image: ImageCtx, key: string): Task<string> {
  return utf8Decode(yield* image.io.exec(image.headerOid, clsRbdMetadata.get, { key }));
}

export function* setMetadata(image: ImageCtx, key: string, value: string): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  checkOverride('image', key, value);
  const entries = new Map([[key, utf8Encode(value)]]);
  yield* journaledOp(image, { type: 'metadata-set', key, value }, () =>
    image.io.exec(image.headerOid, clsRbdMetadata.set, { entries }),
  );
}

/** ENOENT where it is not set. */
export function* removeMetadata(image: ImageCtx, key: string): Task<void> {
  if (image.readOnly) throw new CephError('EROFS', image.name);
  yield* lockForOp(image);
  yield* getMetadata(image, key);
  yield* journaledOp(image, { type: 'metadata-remove', key }, () =>
    image.io.exec(image.headerOid, clsRbdMetadata.remove, { key }),
  );
}
