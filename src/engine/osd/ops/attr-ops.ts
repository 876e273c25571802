import { EMPTY_BYTES } from '../../base/bytes.ts';
import { CephError } from '../../base/errno.ts';
import type { ByteString } from '../../base/utf8.ts';
import type { OmapEntries, OsdOp } from '../../codec/osd-op.ts';
import type { OpContext } from '../op-context.ts';
import { checkOmap } from './erasure-rules.ts';
import { checkAttr } from './limits.ts';

type Op<Name extends OsdOp['op']> = Extract<OsdOp, { op: Name }>;

export function getXattr(context: OpContext, op: Op<'getxattr'>): Uint8Array {
  const value = context.target.xattrs.get(op.name);
  if (value === undefined) throw new CephError('ENODATA', op.name);
  return value;
}

export function getXattrs(context: OpContext): ReadonlyMap<string, Uint8Array> {
  return context.target.xattrs;
}

export function setXattr(context: OpContext, op: Op<'setxattr'>): void {
  checkAttr(context, op.name, op.value.length);
  const onode = context.writable();
  context.set({ ...onode, xattrs: new Map(onode.xattrs).set(op.name, op.value) });
  context.writtenBytes += op.name.length + op.value.length;
}

/** Removing what is not there succeeds, on an object that is. */
export function removeXattr(context: OpContext, op: Op<'rmxattr'>): void {
  if (!context.exists) throw new CephError('ENOENT', context.hoid.oid);
  const onode = context.writable();
  const xattrs = new Map(onode.xattrs);
  xattrs.delete(op.name);
  context.set({ ...onode, xattrs });
}

export function omapGetHeader(context: OpContext): Uint8Array {
  return context.target.omapHeader;
}

export function omapSetHeader(context: OpContext, op: Op<'omap-set-header'>): void {
  checkOmap(context);
  context.set({ ...context.writable(), omapHeader: op.header });
  context.writtenBytes += op.header.length;
}

export function omapGetKeys(context: OpContext, op: Op<'omap-get-keys'>): readonly ByteString[] {
  return sortedKeys(context.target.omap, op.after, null).slice(0, op.max);
}

export function omapGetVals(context: OpContext, op: Op<'omap-get-vals'>): OmapEntries {
  return omapEntries(context.target.omap, op.after, op.prefix, op.max);
}

export function omapGetValsByKeys(context: OpContext, op: Op<'omap-get-vals-by-keys'>): OmapEntries {
  const { omap } = context.target;
  const keys = [...op.keys].sort(compareKeys);
  return keys.flatMap((key) => {
    const value = omap.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
}

export function omapSet(context: OpContext, op: Op<'omap-set'>): void {
  checkOmap(context);
  const onode = context.writable();
  const omap = new Map(onode.omap);
  for (const [key, value] of op.entries) {
    omap.set(key, value);
    context.noteKey('omapSet', key);
    context.writtenBytes += key.length + value.length;
  }
  context.set({ ...onode, omap });
}

export function omapRemoveKeys(context: OpContext, op: Op<'omap-rm-keys'>): void {
  checkOmap(context);
  if (!context.exists) throw new CephError('ENOENT', context.hoid.oid);
  const onode = context.writable();
  const omap = new Map(onode.omap);
  for (const key of op.keys) if (omap.delete(key)) context.noteKey('omapRemoved', key);
  context.set({ ...onode, omap });
}

export function omapClear(context: OpContext): void {
  checkOmap(context);
  if (!context.exists) throw new CephError('ENOENT', context.hoid.oid);
  const onode = context.writable();
  for (const key of onode.omap.keys()) context.noteKey('omapRemoved', key);
  context.set({ ...onode, omap: new Map(), omapHeader: EMPTY_BYTES });
}

/** Entries in key order, after a key, with a prefix, at most so many. */
export function omapEntries(
  omap: ReadonlyMap<ByteString, Uint8Array>,
  after: ByteString | null,
  prefix: ByteString | null,
  max: number,
): OmapEntries {
  const keys = sortedKeys(omap, after, prefix);
  const out: (readonly [ByteString, Uint8Array])[] = [];
  for (const key of keys) {
    if (out.length >= max) break;
    const value = omap.get(key);
    if (value !== undefined) out.push([key, value]);
  }
  return out;
}

function sortedKeys(
  omap: ReadonlyMap<ByteString, Uint8Array>,
  after: ByteString | null,
  prefix: ByteString | null,
): ByteString[] {
  const keys: ByteString[] = [];
  for (const key of omap.keys()) {
    if ((after === null || key > after) && (prefix === null || key.startsWith(prefix))) keys.push(key);
  }
  return keys.sort(compareKeys);
}

function compareKeys(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
