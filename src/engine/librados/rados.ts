import type { Cost } from '../base/cost.ts';
import type { Era } from '../base/era.ts';
import { CephError } from '../base/errno.ts';
import type { EngineEvent } from '../base/events.ts';
import type { IntervalSet } from '../base/interval-set.ts';
import type { Task } from '../base/task.ts';
import type { OsdRequest } from '../codec/osd-op.ts';
import type { OsdMap, PgPool } from '../osdmap/osd-map.ts';
import { IoCtx } from './io-ctx.ts';

/** How a client reaches the cluster: given by the assembled machine, so that librados knows no OSD and no monitor. */
export interface RadosPort {
  osdMap(): OsdMap;
  now_us(): number;
  /** Whose ways the cluster and its clients have. */
  readonly era: Era;
  /** Sends a request to the primary of its PG; answers one value an operation. Blocks while the PG cannot serve it. */
  submit(request: OsdRequest): Task<readonly unknown[]>;
  /** Sends requests beside each other, in this order, and waits for them all; each answers or fails for itself. */
  submitAll(requests: readonly OsdRequest[], onServed?: OnServed): Task<readonly Completion[]>;
  /** Objects of one PG in Ceph's order; `nspace` null lists all namespaces. */
  listPg(pool: number, seed: number, nspace: string | null): Task<readonly ListedObject[]>;
  /** A new self-managed snapshot id of the pool. */
  createSnap(pool: number): Task<number>;
  /** Says that self-managed snapshots are gone; OSDs then trim their clones. */
  removeSnaps(pool: number, snaps: IntervalSet): Task<void>;
  /** Tags a pool with an application. */
  enableApplication(pool: number, application: string): Task<void>;
  /** Puts a client's address on the blocklist, for so many seconds; for as long as the configuration says where that is 0. */
  blockClient(client: number, expire_s: number): Task<void>;
  /** A new id for an image or a group of that client: its number and 32 random bits, in hex. */
  newImageId(client: number): string;
  /** 32 random bits of the stream of that name. */
  random_u32(stream: string): number;
  /** A random UUID that a client makes up. */
  newUuid(): string;
  /** What the data objects of a new image of format 1 begin with: `rb.0.CLIENT.RANDOM`. */
  newOldPrefix(client: number): string;
  /** An option as the configuration has it for clients. */
  configOf(name: string): string;
  /** Tells what a client did, beside what OSDs and the monitor tell of themselves. */
  emit(event: EngineEvent): void;
  /** False where nobody hears events: then none need be made. */
  isTraced(): boolean;
  /** Counts of the command that runs now; add to them in place. */
  readonly cost: Cost;
  /** The client has died without a word: its watches stay until they time out. */
  clientDied(client: number): void;
}

/** What a request came to that was sent beside others: what it answers, or why it failed (`AioCompletion`). */
export type Completion =
  | { readonly error: null; readonly outputs: readonly unknown[] }
  | { readonly error: CephError; readonly outputs: null };

/** Called for each request of many when OSDs have done what it asks, or refused it; with its place among them. */
export type OnServed = (at: number) => void;

export interface ListedObject {
  readonly nspace: string;
  readonly oid: string;
  readonly locator: string;
}

/** A client of the cluster (`librados::Rados`): its number, the map it sees, and the pools it opens. */
export class Rados {
  readonly clientId: number;
  readonly port: RadosPort;
  /** What this client was started with: it goes before what the configuration says. */
  readonly #settings = new Map<string, string>();
  /** Requests that it has sent. */
  lastTid = 0;

  constructor(port: RadosPort, clientId: number) {
    this.port = port;
    this.clientId = clientId;
  }

  get osdMap(): OsdMap {
    return this.port.osdMap();
  }

  now_us(): number {
    return this.port.now_us();
  }

  /** Sets an option for this client alone. */
  setConfig(name: string, value: string): void {
    this.#settings.set(name, value);
  }

  /** An option as this client has it. */
  config(name: string): string {
    return this.#settings.get(name) ?? this.port.configOf(name);
  }

  /** Pools in order of id. */
  pools(): PgPool[] {
    return [...this.osdMap.pools.values()].sort((a, b) => a.id - b.id);
  }

  findPool(nameOrId: string | number): PgPool | undefined {
    if (typeof nameOrId === 'number') return this.osdMap.pools.get(nameOrId);
    return this.pools().find((pool) => pool.name === nameOrId);
  }

  /** Opens a pool. Throws ENOENT where there is none of that name or id. */
  ioCtx(nameOrId: string | number, nspace = ''): IoCtx {
    const pool = this.findPool(nameOrId);
    if (pool === undefined) throw new CephError('ENOENT', `pool '${nameOrId}'`);
    return new IoCtx(this, pool.id, nspace);
  }
}
