import { CephError, type ErrnoName } from '../../../src/engine/base/errno.ts';
import type { Task } from '../../../src/engine/base/task.ts';
import type { IoCtx } from '../../../src/engine/librados/io-ctx.ts';
import type { ImageCtx } from '../../../src/engine/librbd/image-ctx.ts';
import { closeImage, type OpenOptions, openImage, withImage } from '../../../src/engine/librbd/open.ts';
import type { TestMachine } from '../machine.ts';
import type { ModelImage, ModelSnap } from './model.ts';
import { PLACES } from './places.ts';

/** Two clients have images open at the same time, and take the locks from each other. */
const CLIENTS = 2;

/** What an operation does to which image, by numbers that mean something in any state: a list without some of them still runs. */
export interface Step {
  readonly op: string;
  readonly image: number;
  readonly a: number;
  readonly b: number;
  readonly client: number;
}

/** Something is not as the model says. */
export class Difference extends Error {}

/** A cluster with images, their model, and the handles that clients have open. */
export class World {
  readonly machine: TestMachine;
  readonly images: ModelImage[] = [];
  /** What was done to which image, for people. */
  readonly told: string[];
  readonly #ios: readonly (readonly IoCtx[])[];
  readonly #handles = new Map<ModelImage, (ImageCtx | undefined)[]>();
  #named = 0;

  constructor(machine: TestMachine, told: string[] = []) {
    this.machine = machine;
    this.told = told;
    this.#ios = Array.from({ length: CLIENTS }, () => {
      const rados = machine.cluster.connect();
      return PLACES.map(({ pool, nspace }) => rados.ioCtx(pool, nspace));
    });
  }

  newName(prefix: string): string {
    return `${prefix}${this.#named++}`;
  }

  io(place: number, client = 0): IoCtx {
    const io = this.#ios[client % CLIENTS]?.[place];
    if (io === undefined) throw new Error(`no place ${place}`);
    return io;
  }

  run<T>(task: Task<T>): T {
    return this.machine.cluster.run(task);
  }

  /** A client's handle of an image; opened the first time. */
  handle(image: ModelImage, { client }: Step): ImageCtx {
    const handles = this.#handles.get(image) ?? [];
    this.#handles.set(image, handles);
    const open = handles[client % CLIENTS];
    if (open !== undefined) return open;
    const opened = this.run(openImage(this.io(image.place, client), { name: image.name }));
    handles[client % CLIENTS] = opened;
    return opened;
  }

  close(image: ModelImage, client?: number): void {
    const handles = this.#handles.get(image) ?? [];
    for (const [at, handle] of handles.entries()) {
      if (handle === undefined || (client !== undefined && client % CLIENTS !== at)) continue;
      this.run(closeImage(handle));
      handles[at] = undefined;
    }
  }

  /** Runs a body with the image, or a snapshot of it, opened for reading by a client of its own. */
  reading<T>(image: ModelImage, snap: ModelSnap | null, body: (open: ImageCtx) => Task<T>): T {
    const options: OpenOptions = snap === null ? { readOnly: true } : { readOnly: true, snapName: snap.name };
    return this.run(withImage(this.io(image.place), { name: image.name }, options, body));
  }

  /** The task must fail, with that errno. */
  refused(errno: ErrnoName, what: string, task: Task<unknown>): void {
    try {
      this.run(task);
    } catch (error) {
      if (error instanceof CephError && error.is(errno)) return;
      throw error;
    }
    throw new Difference(`${what} went through, where ${errno} is due`);
  }

  expect(holds: boolean, what: string): void {
    if (!holds) throw new Difference(what);
  }
}
