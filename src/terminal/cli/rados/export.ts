import { bytesOfData, type Data } from '../../../engine/base/data.ts';
import { CephError, cppStrerror, ERRNO } from '../../../engine/base/errno.ts';
import type { Task } from '../../../engine/base/task.ts';
import {
  dumpHead,
  dumpMark,
  dumpSection,
  encodeAttrs,
  encodeData,
  encodeObjectBegin,
  encodeOmap,
  encodeOmapHeader,
  SECTION,
} from '../../../engine/codec/rados-dump.ts';
import type { IoCtx } from '../../../engine/librados/io-ctx.ts';
import type { ListedObject } from '../../../engine/librados/rados.ts';
import type { OpenFile } from '../../process.ts';
import { OP_BYTES } from './op-size.ts';
import { fail, type PoolCall, radosCommand, wordAt } from './rados-command.ts';

/** Omap entries in one section. */
const OMAP_ENTRIES = 512;

type Sink = (piece: Data) => Task<void>;

export const exportPool = radosCommand({
  words: 'export',
  summary: 'write all objects of a pool to a file or standard output',
  description: "Heads only, without the pool's snapshots: in the format that import reads, here and in a real cluster.",
  positionals: [{ name: 'filename', type: 'file', optional: true }],
  most: 1,
  run: function* (call) {
    const path = wordAt(call, 0);
    if (path === '' || path === '-') return yield* dump(call, (piece) => call.process.stdout.write(bytesOfData(piece)));
    let file: OpenFile;
    try {
      file = call.process.files.open(path, 'write');
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      // The tool takes the -1 of open() for an errno.
      return yield* fail(call, `Error opening '${path}': ${cppStrerror(ERRNO.EPERM)}`);
    }
    try {
      return yield* dump(call, appender(file));
    } finally {
      yield* file.close();
    }
  },
});

function appender(file: OpenFile): Sink {
  let at = 0;
  return function* (piece) {
    yield* file.writeAt(at, piece);
    at += piece.length;
  };
}

/** @ceph src/tools/rados/PoolDump.cc dump — exact */
function* dump(call: PoolCall, sink: Sink): Task<number> {
  yield* sink(dumpHead());
  yield* sink(dumpMark(SECTION.poolBegin));
  for (const object of yield* call.io.list(null)) {
    try {
      yield* dumpObject(call.io.inNamespace(object.nspace).withLocator(object.locator), object, sink);
    } catch (error) {
      if (!(error instanceof CephError)) throw error;
      return yield* fail(call, `error from export: ${cppStrerror(error.errno)}`);
    }
  }
  yield* sink(dumpMark(SECTION.poolEnd));
  return 0;
}

function* dumpObject(io: IoCtx, { oid, nspace, locator }: ListedObject, sink: Sink): Task<void> {
  yield* sink(dumpSection(SECTION.objectBegin, encodeObjectBegin(oid, nspace, locator)));
  for (let off = 0; ; off += OP_BYTES) {
    const data = yield* io.read(oid, off, OP_BYTES);
    if (data.length > 0) yield* sink(dumpSection(SECTION.data, encodeData(off, data)));
    if (data.length < OP_BYTES) break;
  }
  yield* sink(dumpSection(SECTION.attrs, encodeAttrs(yield* io.getXattrs(oid))));
  yield* sink(dumpSection(SECTION.omapHeader, encodeOmapHeader(yield* io.omapGetHeader(oid))));
  const entries = yield* io.omapGetVals(oid);
  for (let at = 0; at < entries.length; at += OMAP_ENTRIES)
    yield* sink(dumpSection(SECTION.omap, encodeOmap(entries.slice(at, at + OMAP_ENTRIES))));
  yield* sink(dumpMark(SECTION.objectEnd));
}
