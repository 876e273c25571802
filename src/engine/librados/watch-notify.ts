import type { Cost } from '../base/cost.ts';
import type { Task } from '../base/task.ts';
import type { IoCtx } from './io-ctx.ts';
import { isShutOut } from './shut-out.ts';

/** A message on its way to one watcher. */
export interface Notification {
  readonly notifyId: number;
  readonly cookie: number;
  /** The client that sent it. */
  readonly from: number;
  readonly payload: Uint8Array;
  /** Answers it; what comes after the sender's patience is lost. */
  ack(reply: Uint8Array): void;
}

/** What a notify came to: who answered with what, and who did not. */
export interface NotifyResult {
  readonly replies: readonly { readonly client: number; readonly cookie: number; readonly reply: Uint8Array }[];
  readonly missed: readonly { readonly client: number; readonly cookie: number }[];
}

/** Messages that wait for watchers that live now, by object and watcher. Lost with them, as on a network. */
type Mailboxes = Map<string, Notification[]>;

/** One post office for all clients of a cluster, known by the counts that they share. */
const OFFICES = new WeakMap<Cost, { readonly boxes: Mailboxes; count: number }>();

function officeOf(io: IoCtx) {
  const { cost } = io.rados.port;
  const office = OFFICES.get(cost) ?? { boxes: new Map<string, Notification[]>(), count: 0 };
  OFFICES.set(cost, office);
  return office;
}

function boxName(io: IoCtx, oid: string, client: number, cookie: number): string {
  return JSON.stringify([io.poolId, io.nspace, oid, client, cookie]);
}

/** A watch of a living client. */
export interface Watch {
  readonly cookie: number;
  /** The messages that have come since it was last asked. */
  take(): readonly Notification[];
  /** True where there are some, and once the watch is lost. */
  hasMail(): boolean;
  /** True once, after the OSD has dropped the watch of a client that is shut out. */
  takeLoss(): boolean;
  /** Ends the watch on the OSD, too. */
  unwatch(): Task<void>;
  /** The client dies: its watch stays on the OSD until it times out. */
  abandon(): void;
}

/** Begins to watch an object. Throws ENOENT where it is not there. */
export function* watchObject(io: IoCtx, oid: string, cookie: number): Task<Watch> {
  yield* io.operate(oid, [{ op: 'watch', cookie }]);
  const { boxes } = officeOf(io);
  const name = boxName(io, oid, io.rados.clientId, cookie);
  boxes.set(name, []);
  let isLost = false;
  const isNewlyLost = () => !isLost && isShutOut(io.rados);
  return {
    cookie,
    take: () => boxes.get(name)?.splice(0) ?? [],
    hasMail: () => (boxes.get(name)?.length ?? 0) > 0 || isNewlyLost(),
    takeLoss() {
      const isNew = isNewlyLost();
      isLost ||= isNew;
      return isNew;
    },
    *unwatch() {
      boxes.delete(name);
      yield* io.operate(oid, [{ op: 'unwatch', cookie }]);
    },
    abandon() {
      boxes.delete(name);
      io.rados.port.clientDied(io.rados.clientId);
    },
  };
}

/** Tells those that watch an object at this time, and waits for no answer: what a watcher does not take is lost with it. */
export function postToWatchers(io: IoCtx, oid: string, payload: Uint8Array): void {
  const office = officeOf(io);
  const notifyId = io.rados.osdMap.epoch * 2 ** 32 + ++office.count;
  const from = io.rados.clientId;
  for (const [name, box] of office.boxes) {
    const [pool, nspace, watched, , cookie]: readonly unknown[] = JSON.parse(name);
    if (pool !== io.poolId || nspace !== io.nspace || watched !== oid) continue;
    box.push({ notifyId, cookie: Number(cookie), from, payload, ack: () => undefined });
  }
}

/** How often the answers are looked at. */
const LOOK_US = 1_000;

/**
 * Tells the watchers of an object something, and waits for their answers. Throws ENOENT where it is not there.
 * @ceph src/librados/IoCtxImpl.cc notify, src/osd/Watch.cc Notify — the answers and the timeout; a message to a
 *   watcher that lost its client stays unanswered
 */
export function* notifyObject(io: IoCtx, oid: string, payload: Uint8Array, timeout_us: number): Task<NotifyResult> {
  const watchers = yield* io.listWatchers(oid);
  const office = officeOf(io);
  const notifyId = io.rados.osdMap.epoch * 2 ** 32 + ++office.count;
  const from = io.rados.clientId;
  const replies: { client: number; cookie: number; reply: Uint8Array }[] = [];
  for (const { client, cookie } of watchers) {
    const ack = (reply: Uint8Array) => void replies.push({ client, cookie, reply });
    office.boxes.get(boxName(io, oid, client, cookie))?.push({ notifyId, cookie, from, payload, ack });
  }
  for (let waited_us = 0; replies.length < watchers.length && waited_us < timeout_us; waited_us += LOOK_US)
    yield LOOK_US;
  const answered = replies.slice().sort((a, b) => a.client - b.client || a.cookie - b.cookie);
  const missed = watchers.filter(
    ({ client, cookie }) => !answered.some((reply) => reply.client === client && reply.cookie === cookie),
  );
  return { replies: answered, missed };
}
