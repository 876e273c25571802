import { must } from '../engine/base/assert.ts';
import { bytesData, bytesOfData, sliceData } from '../engine/base/data.ts';
import type { Task } from '../engine/base/task.ts';
import type { Cluster } from '../engine/cluster/cluster.ts';
import { Rados } from '../engine/librados/rados.ts';
import type { ImageCtx } from '../engine/librbd/image-ctx.ts';
import { discardImage, writeImage } from '../engine/librbd/io/image-io.ts';
import { closeImage, openImage } from '../engine/librbd/open.ts';
import type { Shell } from '../terminal/shell/shell.ts';
import { bytesOfSpec } from './data-spec.ts';
import type { TranscriptStep } from './transcript.ts';

const FOLDER = '/root';
/** Nothing that a session waits for takes longer, in virtual time. */
const SETTLE_US = 600_000_000;

/** The number that the recorder's client has in every recorded session. */
const RECORDER_CLIENT = 4099;

type Action = (step: TranscriptStep) => Task<void>;

/** Does what a recorded session did beside its commands: files, writes of a client, daemons stopped. */
export class ActionRunner {
  readonly #cluster: Cluster;
  readonly #shell: Shell;
  readonly #env: Map<string, string>;
  readonly #client: Rados;
  readonly #handles = new Map<string, ImageCtx>();
  readonly #actions: Readonly<Record<string, Action>>;

  constructor(cluster: Cluster, shell: Shell, env: Map<string, string>) {
    this.#cluster = cluster;
    this.#shell = shell;
    this.#env = env;
    this.#client = new Rados(cluster.connect().port, RECORDER_CLIENT);
    const run = (body: (step: TranscriptStep) => Task<void>): Action => body.bind(this);
    this.#actions = {
      file: run(this.#file),
      rmfile: run(this.#removeFile),
      subst: run(this.#substitute),
      env: run(this.#setEnv),
      write: run(this.#write),
      discard: run(this.#discard),
      open: run(this.#open),
      hwrite: run(this.#handleWrite),
      close: run(this.#close),
      wait: run(this.#wait),
      osd_stop: run(this.#osdStop),
      osd_start: run(this.#osdStart),
      failed: function* () {},
    };
  }

  /** Throws for an action that is not there yet. */
  *run(step: TranscriptStep): Task<number> {
    const action = this.#actions[step.action ?? ''];
    if (action === undefined) throw new Error(`action ${step.action} is not there yet`);
    yield* action(step);
    return 0;
  }

  *#file({ name, spec }: TranscriptStep): Task<void> {
    this.#shell.files.put(`${FOLDER}/${must(name, 'name')}`, bytesData(bytesOfSpec(must(spec, 'spec'))));
  }

  *#removeFile({ name }: TranscriptStep): Task<void> {
    this.#shell.files.delete(`${FOLDER}/${must(name, 'name')}`);
  }

  *#substitute({ name, find, replace }: TranscriptStep): Task<void> {
    const path = `${FOLDER}/${must(name, 'name')}`;
    const text = Buffer.from(bytesOfData(must(this.#shell.files.get(path), path))).toString('utf8');
    const changed = text.split(must(find, 'find')).join(must(replace, 'replace'));
    this.#shell.files.put(path, bytesData(Buffer.from(changed, 'utf8')));
  }

  *#setEnv({ name, value }: TranscriptStep): Task<void> {
    this.#env.set(must(name, 'name'), value ?? '');
  }

  *#write(step: TranscriptStep): Task<void> {
    const image = yield* this.#openImage(must(step.image, 'image'));
    yield* this.#writeTo(image, step);
    yield* closeImage(image);
  }

  *#discard({ image: spec, offset = 0, length = 0 }: TranscriptStep): Task<void> {
    const image = yield* this.#openImage(must(spec, 'image'));
    yield* discardImage(image, offset, length);
    yield* closeImage(image);
  }

  *#open({ image, handle }: TranscriptStep): Task<void> {
    this.#handles.set(must(handle, 'handle'), yield* this.#openImage(must(image, 'image')));
  }

  *#handleWrite(step: TranscriptStep): Task<void> {
    yield* this.#writeTo(must(this.#handles.get(must(step.handle, 'handle')), 'handle'), step);
  }

  *#close({ handle }: TranscriptStep): Task<void> {
    yield* closeImage(must(this.#handles.get(must(handle, 'handle')), 'handle'));
    this.#handles.delete(must(handle, 'handle'));
  }

  *#wait(step: TranscriptStep): Task<void> {
    if (step.what === 'seconds') yield Math.round((step.seconds ?? 0) * 1e6);
    else yield* this.#cluster.settle(SETTLE_US);
  }

  *#osdStop({ osd }: TranscriptStep): Task<void> {
    this.#cluster.daemons.stop(must(osd, 'osd'), 'in-order');
  }

  *#osdStart({ osd }: TranscriptStep): Task<void> {
    this.#cluster.daemons.start(must(osd, 'osd'));
  }

  *#writeTo(image: ImageCtx, { offset = 0, length = 0, data }: TranscriptStep): Task<void> {
    yield* writeImage(image, offset, sliceData(bytesData(bytesOfSpec(must(data, 'data'))), 0, length));
  }

  /** Opens `pool/image` or `pool/namespace/image` as the one client that the recorder is. */
  *#openImage(spec: string): Task<ImageCtx> {
    const parts = spec.split('/');
    const name = must(parts.pop(), 'image');
    const [pool = 'rbd', nspace = ''] = parts;
    return yield* openImage(this.#client.ioCtx(pool, nspace), { name });
  }
}
