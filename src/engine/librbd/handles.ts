import type { Cost } from '../base/cost.ts';
import type { IoCtx } from '../librados/io-ctx.ts';
import type { Rados } from '../librados/rados.ts';
import type { ImageCtx } from './image-ctx.ts';
import { postNotify } from './notify.ts';

/**
 * The handles that are open in the clients that live now, by cluster (of which each has one Cost). It stands for watch and notify: what a client
 * tells the others that watch a header, it tells them here. Nothing of it survives a reload, as a client does not.
 */
const HANDLES = new WeakMap<Cost, Set<ImageCtx>>();
/** How often each header has changed, for those that are read without a watch. */
const CHANGES = new WeakMap<Cost, Map<string, number>>();
const COOKIES = new WeakMap<Rados, number>();

/** Cookies look like the addresses that they are in librbd; they differ within a client. */
const FIRST_COOKIE = 140_000_000_000_000;

export function nextCookie(rados: Rados): number {
  const count = COOKIES.get(rados) ?? 0;
  COOKIES.set(rados, count + 1);
  return FIRST_COOKIE + rados.clientId * 1_000_000 + count * 64;
}

/** A handle takes the place of one of the same client and cookie: that one is of a time that was taken back. */
export function addHandle(image: ImageCtx): void {
  const old = findHandle(image, image.io.rados.clientId, image.cookie);
  if (old !== undefined) removeHandle(old);
  const { cost } = image.io.rados.port;
  const handles = HANDLES.get(cost) ?? new Set<ImageCtx>();
  HANDLES.set(cost, handles.add(image));
}

/** False where it was not there (any more). */
export function removeHandle(image: ImageCtx): boolean {
  return HANDLES.get(image.io.rados.port.cost)?.delete(image) ?? false;
}

/** Tells the other handles of the image that its header has changed (`NOTIFY_OP_HEADER_UPDATE`). */
export function notifyHeaderUpdate(image: ImageCtx): void {
  countChange(image.io, image.headerOid);
  postNotify(image.io, image.headerOid, 'HeaderUpdate');
  for (const other of HANDLES.get(image.io.rados.port.cost) ?? []) {
    if (other !== image && sameImage(other, image)) other.stale = true;
  }
}

/** The same from who has no handle of that image. */
export function notifyHeaderChanged(io: IoCtx, headerOid: string): void {
  countChange(io, headerOid);
  postNotify(io, headerOid, 'HeaderUpdate');
  for (const other of HANDLES.get(io.rados.port.cost) ?? []) {
    if (other.headerOid === headerOid && other.io.poolId === io.poolId && other.io.nspace === io.nspace)
      other.stale = true;
  }
}

function countChange({ poolId, nspace, rados }: IoCtx, headerOid: string): void {
  const { cost } = rados.port;
  const changes = CHANGES.get(cost) ?? new Map<string, number>();
  const key = `${poolId}/${nspace}/${headerOid}`;
  CHANGES.set(cost, changes.set(key, (changes.get(key) ?? 0) + 1));
}

/** Goes up with each change of an image's header that its clients were told of. */
export function headerChanges({ io: { poolId, nspace, rados }, headerOid }: ImageCtx): number {
  return CHANGES.get(rados.port.cost)?.get(`${poolId}/${nspace}/${headerOid}`) ?? 0;
}

/** The living handle of that image with that client and cookie. */
export function findHandle(image: ImageCtx, client: number, cookie: number): ImageCtx | undefined {
  for (const other of HANDLES.get(image.io.rados.port.cost) ?? []) {
    if (sameImage(other, image) && other.io.rados.clientId === client && other.cookie === cookie) return other;
  }
  return undefined;
}

function sameImage(a: ImageCtx, b: ImageCtx): boolean {
  return a.headerOid === b.headerOid && a.io.poolId === b.io.poolId && a.io.nspace === b.io.nspace;
}
