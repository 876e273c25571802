import type { OpenFile } from '../../process.ts';

/** How much Ceph's tools read of a file: its size, which is 0 of devices such as `/dev/urandom`. @ceph src/common/buffer.cc read_file */
export function sizeToRead(file: OpenFile): number {
  const size = file.size();
  return Number.isFinite(size) ? size : 0;
}
