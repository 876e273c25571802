import { assert } from '../base/assert.ts';
import type { EngineContext } from '../base/context.ts';
import { type Cost, noCost } from '../base/cost.ts';
import { fillData } from '../base/data.ts';
import { eraOf } from '../base/era.ts';
import type { TimedEvent } from '../base/events.ts';
import { RecordStore, type Table, tableName } from '../base/records.ts';
import { Rng } from '../base/rng.ts';
import type { Blocked, Task } from '../base/task.ts';
import { oldDataPrefix } from '../codec/old-data-prefix.ts';
import { Rados } from '../librados/rados.ts';
import { type ManagerModule, makeManagerModules } from '../mon/manager-modules.ts';
import { Monitor } from '../mon/monitor.ts';
import { atTargets } from '../mon/pg-num-targets.ts';
import type { StatsPort } from '../mon/pg-stat.ts';
import { initialOsdMap } from '../osdmap/build.ts';
import { makeClientModules } from './client-modules.ts';
import { DeadClients } from './dead-clients.ts';
import { OsdDaemons } from './osd-daemons.ts';
import { PlacementGroups } from './pgs/placement-groups.ts';
import { radosPort } from './rados-port.ts';
import { Scheduler } from './scheduler.ts';
import type { ClusterSpec } from './spec.ts';
import { statsPort } from './stats/cluster-stats.ts';

/** Clock, client numbers and the like: everything of the cluster that is a number. */
const NUMBERS = tableName<number>('cluster');

/** The first client number that the cluster gives out; the daemons have those before. */
const FIRST_CLIENT = 4200;

/** What the manager keeps in its pool on a fresh cluster, as recorded: a database and its journal. */
const MGR_OBJECTS = [
  ['main.db.0000000000000000', 327_680],
  ['main.db-journal.0000000000000000', 131_600],
] as const;

/** How often each of them has been written by then. */
const MGR_WRITES = 16;
const MGR_POOL = '.mgr';

/** What one step of a task came to. */
export type StepOutcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'ran' }
  /** Nothing that runs can bring about what it waits for. */
  | { readonly kind: 'blocked'; readonly reason: string; readonly wait: Blocked };

/**
 * The assembled machine: records, clock, chance, monitor, OSDs and the clients' way to them. Whoever holds it drives
 * it: a task is stepped, and between two steps the virtual clock moves and the OSDs do what is due.
 */
export class Cluster {
  readonly spec: ClusterSpec;
  readonly records = new RecordStore();
  readonly rng: Rng;
  readonly context: EngineContext;
  readonly monitor: Monitor;
  readonly pgs: PlacementGroups;
  readonly stats: StatsPort;
  readonly daemons: OsdDaemons;
  /** Counts of the command that runs now; {@link beginCommand} sets them to zero. */
  readonly cost: Cost = noCost();
  /** Told what happens, when it happens. */
  onEvent: ((event: TimedEvent) => void) | null = null;
  /** Ids to hand out next to images and groups, in order: a recorded session is replayed with its own. */
  readonly nextIds: string[] = [];
  readonly #scheduler = new Scheduler();
  readonly #numbers: Table<number>;
  readonly #deadClients: DeadClients;
  /** Requests count nowhere: what a client only forgot, and what there is at the start. */
  #isRecall = false;
  /** Made once the manager's modules are loaded. */
  #modules: readonly ManagerModule[] | null = null;
  #clientModules: readonly ManagerModule[] | null = null;

  constructor(spec: ClusterSpec) {
    this.spec = spec;
    this.#numbers = this.records.table(NUMBERS);
    this.#numbers.set('clock', spec.start_us);
    this.rng = new Rng(this.records, spec.seed);
    this.context = {
      records: this.records,
      rng: this.rng,
      era: eraOf(spec.profile),
      cost: this.cost,
      now_us: () => this.now_us(),
      isTraced: () => this.onEvent !== null,
      isRecall: () => this.#isRecall,
      emit: (event) => this.onEvent?.({ at_us: this.now_us(), event }),
      spawn: (name, task) => this.#scheduler.spawn(name, task, this.now_us()),
      spawnTimer: (name, task) => this.#scheduler.spawn(name, task, this.now_us(), true),
    };
    this.monitor = new Monitor(this.context, spec.map ?? initialOsdMap(mapSpec(spec)));
    this.pgs = new PlacementGroups(this.context, this.monitor, spec.deviceBytes);
    this.stats = { ...statsPort(this.monitor, this.pgs), deviceBytes: spec.deviceBytes };
    this.daemons = new OsdDaemons(this.context, this.monitor);
    this.#deadClients = new DeadClients(this.context, this.pgs);
    if (spec.map === undefined) {
      this.#sync();
      this.#makeModules();
      this.monitor.onPublish = () => {
        this.#sync();
        this.daemons.startWork();
        this.#startModules();
      };
      this.#isRecall = true;
      if (this.context.era.managerPool.name === MGR_POOL) this.run(this.#fillMgrPool());
      this.#isRecall = false;
    } else this.monitor.onPublish = () => this.#jumpToTargets();
    this.#numbers.set('clock', spec.start_us);
    this.records.commit();
  }

  now_us(): number {
    return this.#numbers.get('clock') ?? this.spec.start_us;
  }

  /** A new client of the cluster. */
  connect(): Rados {
    return this.rejoin(this.#count('client', FIRST_CLIENT));
  }

  /** A client that was there before a reload or a travel in time, and still is. */
  rejoin(clientId: number): Rados {
    const { context: engine, monitor, pgs } = this;
    const newImageId = (client: number) => this.#newImageId(client);
    const newOldPrefix = (client: number) => this.#newOldPrefix(client);
    const clientDied = (client: number) => this.#deadClients.add(client);
    return new Rados(radosPort({ engine, monitor, pgs, clientId, newImageId, newOldPrefix, clientDied }), clientId);
  }

  /**
   * What a client knows and has only forgotten by a reload: runs a task that reads, without time, cost or events.
   * Null where a PG cannot serve it.
   */
  recall<T>(task: Task<T>): T | null {
    const { onEvent } = this;
    const cost = { ...this.cost };
    this.onEvent = null;
    this.#isRecall = true;
    try {
      for (;;) {
        const step = task.next();
        if (step.done) return step.value;
        if (typeof step.value !== 'number') return null;
      }
    } finally {
      this.#isRecall = false;
      this.onEvent = onEvent;
      Object.assign(this.cost, cost);
    }
  }

  /** Before each command: its costs start at zero. */
  beginCommand(): void {
    Object.assign(this.cost, noCost());
    if (this.#modules !== null || this.spec.map !== undefined) return;
    // What is loaded with the first command has not looked yet for what there is to do.
    this.pgs.startWork();
    this.#startModules();
  }

  /** Runs a task to its next step, and lets the time of that step pass. */
  step<T>(task: Task<T>): StepOutcome<T> {
    const result = task.next();
    this.#sync();
    if (result.done) return { kind: 'done', value: result.value };
    if (typeof result.value === 'number') {
      // What takes no time lets nothing happen beside it.
      if (result.value > 0) this.advance(result.value);
      return { kind: 'ran' };
    }
    if (result.value.ready() || this.#stepWork(Number.POSITIVE_INFINITY)) return { kind: 'ran' };
    return { kind: 'blocked', reason: result.value.reason, wait: result.value };
  }

  /** Runs a task to its end. Throws where it waits for something that cannot come. */
  run<T>(task: Task<T>): T {
    for (;;) {
      const outcome = this.step(task);
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'blocked') throw new Error(`blocked: ${outcome.reason}`);
    }
  }

  /** Lets virtual time pass; OSDs do what falls due. */
  advance(duration_us: number): void {
    assert(Number.isFinite(duration_us), 'the time of a step');
    this.advanceTo(this.now_us() + Math.round(duration_us));
  }

  advanceTo(at_us: number): void {
    while (this.#stepBackground(at_us));
    if (at_us > this.now_us()) this.#numbers.set('clock', at_us);
  }

  /** Lets OSDs go on until nothing is left to do, at most so long: a task, so that it can be paced. */
  *settle(limit_us = Number.POSITIVE_INFINITY): Task<void> {
    const end_us = this.now_us() + limit_us;
    while (this.#stepWork(end_us)) yield 0;
  }

  /** True while OSDs have something to do that no clock must be waited for. */
  hasWork(): boolean {
    return this.#scheduler.hasWork();
  }

  /** After records were brought back (undo, travel, reload): drops what ran and starts what the records call for. */
  resume(): void {
    this.#scheduler.clear();
    this.#sync();
    if (this.spec.map === undefined) {
      this.pgs.startWork();
      this.daemons.startWork();
      this.#startModules();
    }
    this.#deadClients.startWork();
  }

  #makeModules(): void {
    const made = this.#modules ?? makeManagerModules(this.context, this.monitor, this.stats);
    if (made !== null)
      this.#clientModules ??= makeClientModules({
        context: this.context,
        connect: () => this.connect(),
        osdMap: () => this.monitor.map(),
      });
    this.#modules = made;
  }

  #startModules(): void {
    this.#makeModules();
    for (const module of this.#modules ?? []) module.startWork();
    this.startClientModules();
  }

  /** Also when something has changed for them that is in no map. */
  startClientModules(): void {
    for (const module of this.#clientModules ?? []) module.startWork();
  }

  /** A map alone has nobody to wait for. */
  #jumpToTargets(): void {
    if (atTargets(this.monitor.map()) !== this.monitor.map()) this.monitor.publish(atTargets, 'pg_num');
  }

  /** As {@link #stepBackground}, while there is work: timers run only if they fall due before it. */
  #stepWork(until_us: number): boolean {
    return this.#scheduler.hasWork() && this.#stepBackground(until_us);
  }

  /** One step of the work beside the clients, if one is due by then. */
  #stepBackground(until_us: number): boolean {
    const wake_us = this.#scheduler.nextWake_us(this.now_us());
    if (wake_us === undefined || wake_us > until_us) return false;
    if (wake_us > this.now_us()) this.#numbers.set('clock', wake_us);
    this.#scheduler.step(this.now_us());
    this.#sync();
    return true;
  }

  /** Brings PGs in line with the map, where there are OSDs to hold them. */
  #sync(): void {
    if (this.spec.map === undefined) this.pgs.sync();
  }

  /** @ceph src/librbd/Utils.cc generate_image_id — client number, then 32 random bits; recorded ids come first */
  #newImageId(client: number): string {
    return this.nextIds.shift() ?? (client.toString(16) + this.rng.uint32('image-id').toString(16)).slice(-14);
  }

  /** As recorded, or as the client's number makes it. */
  #newOldPrefix(client: number): string {
    return this.nextIds[0]?.startsWith('rb.') === true
      ? (this.nextIds.shift() ?? '')
      : oldDataPrefix(client, this.context.era);
  }

  #count(name: string, first: number): number {
    const value = this.#numbers.get(name) ?? first;
    this.#numbers.set(name, value + 1);
    return value;
  }

  *#fillMgrPool(): Task<void> {
    const io = this.connect().ioCtx(MGR_POOL, 'devicehealth');
    for (let time = 0; time < MGR_WRITES; time++)
      for (const [oid, size] of MGR_OBJECTS) yield* io.writeFull(oid, fillData(size));
  }
}

function mapSpec({ fsid, epoch, osds, osdsPerHost, crushWeight, weights, start_us, profile }: ClusterSpec) {
  const { managerPool } = eraOf(profile);
  return { fsid, epoch, osds, osdsPerHost, weight: crushWeight, weights, created_us: start_us, managerPool };
}
