import { bytesData } from '../../base/data.ts';
import type { Task } from '../../base/task.ts';
import { encode } from '../../codec/denc.ts';
import { HEADER_V1_SIZE_AT } from '../../codec/rbd-header-v1-codec.ts';
import type { ImageCtx } from '../image-ctx.ts';

/** Writes the size into the header. @ceph src/librbd/operation/ResizeRequest.cc send_update_header — exact */
export function* setOldSize(image: ImageCtx, size: number): Task<void> {
  yield* image.io.write(image.headerOid, HEADER_V1_SIZE_AT, bytesData(encode((e) => e.u64(size))));
}
