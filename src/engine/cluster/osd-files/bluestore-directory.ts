import { bytesData } from '../../base/data.ts';
import { crc32c } from '../../codec/crc32c.ts';
import { encode } from '../../codec/denc.ts';
import { encodeUuid } from '../../osdmap/wire.ts';
import { directoryOf, lineFile, type OsdBlockDevice, type OsdDirectory, type OsdFile } from './osd-file.ts';
import { type OsdIdentity, smallFiles } from './small-files.ts';

const BLOCK_BYTES = 4096;
/** Blocks that one key of the freelist tells of. */
const BLOCKS_PER_KEY = 128;

/** An OSD's data directory with BlueStore: some small files and the device; objects are told by its tools alone. */
export function bluestoreDirectory(osd: OsdIdentity): OsdDirectory {
  const { created_us, deviceBytes } = osd;
  const values = new Map([
    ...smallFiles(osd, 'bluestore'),
    ['bfm_blocks', String(Math.floor(deviceBytes / BLOCK_BYTES))],
    ['bfm_blocks_per_key', String(BLOCKS_PER_KEY)],
    ['bfm_bytes_per_block', String(BLOCK_BYTES)],
    ['bfm_size', String(deviceBytes)],
    ['bluefs', '1'],
    ['elastic_shared_blobs', '1'],
    ['kv_backend', 'rocksdb'],
    ['mkfs_done', 'yes'],
  ]);
  const files = new Map<string, OsdFile>([['block', blockDevice(osd, values)]]);
  for (const [name, value] of values) files.set(name, lineFile(value, created_us));
  return directoryOf(files, created_us);
}

/** @ceph src/os/bluestore/bluestore_types.cc bluestore_bdev_label_t::encode — exact, as of the day when the OSD was made */
function blockDevice(osd: OsdIdentity, values: ReadonlyMap<string, string>): OsdBlockDevice {
  const { uuid, created_us, deviceBytes } = osd;
  const meta = new Map([...values, ['epoch', '16'], ['multi', 'yes']]);
  for (const name of ['fsid', 'mkfs_done']) meta.delete(name);
  const label = encode((e) => {
    for (const char of `bluestore block device\n${uuid}\n`) e.u8(char.charCodeAt(0));
    e.struct(2, 1, () => {
      encodeUuid(e, uuid);
      e.u64(deviceBytes).utime(created_us).string('main');
      e.list(
        [...meta].sort(([a], [b]) => (a < b ? -1 : 1)),
        (each, [name, value]) => each.string(name).string(value),
      );
    });
  });
  const block = new Uint8Array(BLOCK_BYTES);
  block.set(label);
  new DataView(block.buffer).setUint32(label.length, crc32c(0xffffffff, label), true);
  return { kind: 'block', modified_us: created_us, size_bytes: deviceBytes, label: bytesData(block) };
}
