import { bytesData, bytesOfData } from '../../base/data.ts';
import { CephError } from '../../base/errno.ts';
import { clsRbdOld as methods } from '../../codec/cls-rbd-old-methods.ts';
import { decodeHeaderV1, encodeHeaderV1, type HeaderV1 } from '../../codec/rbd-header-v1-codec.ts';
import { type ClsHandler, implement } from '../cls-handler.ts';
import type { ObjectContext } from '../object-context.ts';

/** Snapshots in headers of format 1. @ceph src/cls/rbd/cls_rbd.cc old_snapshot_* — exact */
export const OLD_SNAPSHOT_HANDLERS: readonly ClsHandler[] = [
  implement(methods.list, (object) => {
    const { snapSeq, snaps } = readHeader(object);
    return { snapSeq, snaps };
  }),

  implement(methods.add, (object, { name, snapId }) => {
    const header = readHeader(object);
    if (header.snapSeq > snapId) throw new CephError('ESTALE', `snapshot ${snapId}`);
    refuseTaken(header, name);
    const snap = { id: snapId, imageSize: header.imageSize, name };
    writeHeader(object, { ...header, snapSeq: snapId, snaps: [snap, ...header.snaps] });
  }),

  implement(methods.remove, (object, { name }) => {
    const header = readHeader(object);
    const at = header.snaps.findIndex((snap) => snap.name === name);
    if (at < 0) throw new CephError('ENOENT', `snapshot ${name}`);
    writeHeader(object, { ...header, snaps: header.snaps.toSpliced(at, 1) });
  }),

  implement(methods.rename, (object, { snapId, name }) => {
    const header = readHeader(object);
    refuseTaken(header, name);
    const at = header.snaps.findIndex((snap) => snap.id === snapId);
    const snap = header.snaps[at];
    if (snap === undefined) throw new CephError('ENOENT', `snapshot ${snapId}`);
    writeHeader(object, { ...header, snaps: header.snaps.with(at, { ...snap, name }) });
  }),
];

function refuseTaken({ snaps }: HeaderV1, name: string): void {
  if (snaps.some((snap) => snap.name === name)) throw new CephError('EEXIST', `snapshot ${name}`);
}

function readHeader(object: ObjectContext): HeaderV1 {
  return decodeHeaderV1(bytesOfData(object.read(0, object.size())));
}

function writeHeader(object: ObjectContext, header: HeaderV1): void {
  object.writeFull(bytesData(encodeHeaderV1(header)));
}
