import { bytesData, bytesOfData, randomData } from '../../../src/engine/base/data.ts';
import { CephError } from '../../../src/engine/base/errno.ts';
import { tableName } from '../../../src/engine/base/records.ts';
import type { Task } from '../../../src/engine/base/task.ts';
import type { Cluster } from '../../../src/engine/cluster/cluster.ts';
import { createPool } from '../../../src/engine/mon/pool-create.ts';
import type { Frame } from '../../../src/protocol/view.ts';
import type { Process, Program } from '../../../src/terminal/process.ts';
import { MUTE_KEYS } from '../../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../../src/terminal/shell/shell.ts';
import type { Host } from '../../../src/worker/host.ts';
import type { NewShell } from '../../../src/worker/machine.ts';
import { type OpenedSandbox, Sandbox } from '../../../src/worker/sandbox.ts';
import { LogBook } from '../../../src/worker/store/log-book.ts';
import type { SandboxStore } from '../../../src/worker/store/sandbox-store.ts';
import { TraceKeeper } from '../../../src/worker/trace-keeper.ts';

/** Time that stands still but for sleeps: pacing is tested without waiting. */
export class TestHost implements Host {
  time_ms = 0;
  breaths = 0;
  sleeps = 0;
  now_ms(): number {
    return this.time_ms;
  }
  async breathe(): Promise<void> {
    this.breaths++;
    this.time_ms += 0.05;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  async sleep(duration_ms: number): Promise<void> {
    this.sleeps++;
    this.time_ms += duration_ms;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** Small programs over librados: a pool, objects, what goes wrong. */
export const TEST_PROGRAMS: ReadonlyMap<string, Program> = new Map<string, Program>([
  ['mkpool', mkpool],
  ['put', put],
  ['fill', fill],
  ['cat', cat],
  ['say', say],
  ['bug', bug],
  ['wait', wait],
  ['osd', osd],
  ['progress', progress],
]);

function* mkpool({ argv, cluster }: Process): Task<number> {
  yield 1000;
  createPool(cluster.monitor, { name: argv[1] ?? 'p', pgNum: Number(argv[2] ?? 8) });
  return 0;
}

function* put({ argv, cluster }: Process): Task<number> {
  const [, pool = '', oid = '', text = ''] = argv;
  yield* cluster
    .connect()
    .ioCtx(pool)
    .writeFull(oid, bytesData(new TextEncoder().encode(text)));
  return 0;
}

/** `fill POOL COUNT [SIZE]`: that many objects of 4 MiB of chance. */
function* fill({ argv, cluster, stderr }: Process): Task<number> {
  const [, pool = '', count = '1', size = '4194304'] = argv;
  const io = cluster.connect().ioCtx(pool);
  for (let i = 0; i < Number(count); i++) {
    const source = { kind: 'random', seed: cluster.rng.uint32('fill') } as const;
    yield* io.writeFull(`object-${i}`, randomData(source, 0, Number(size)));
    yield* stderr.write(`\rfilling: ${Math.floor((100 * (i + 1)) / Number(count))}%`);
  }
  yield* stderr.write('\n');
  return 0;
}

function* cat({ argv, cluster, stdout, stderr }: Process): Task<number> {
  const [, pool = '', oid = ''] = argv;
  try {
    const bytes = bytesOfData(yield* cluster.connect().ioCtx(pool).read(oid));
    yield* stdout.write(bytes);
    return 0;
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
    yield* stderr.write(`${error.message}\n`);
    return error.errno;
  }
}

function* say({ argv, stdout }: Process): Task<number> {
  yield* stdout.write(`${argv.slice(1).join(' ')}\n`);
  return 0;
}

function* bug({ cluster }: Process): Task<number> {
  cluster.records.table(tableName<number>('broken')).set('half', 1);
  yield 1;
  throw new TypeError('a bug of ours');
}

/** `osd stop|start ID…`: the processes. */
function* osd({ argv, cluster }: Process): Task<number> {
  const [, verb = '', ...ids] = argv;
  yield 1000;
  for (const id of ids.map(Number)) {
    if (verb === 'stop') cluster.daemons.stop(id, 'in-order');
    else cluster.daemons.start(id);
  }
  return 0;
}

function* wait({ cluster }: Process): Task<number> {
  let cleaned = 0;
  try {
    yield { reason: 'waiting for what never comes', ready: () => false };
    return 0;
  } finally {
    cleaned++;
    yield 5;
    cluster.records.table(tableName<number>('cleaned')).set('times', cleaned);
  }
}

function* progress({ argv, stderr }: Process): Task<number> {
  for (let i = 0; i <= Number(argv[1]); i++) {
    yield 10;
    yield* stderr.write(`\rworking: ${i} done`);
  }
  yield* stderr.write('.\nfinished\n');
  return 0;
}

/** A shell that knows these programs. */
export function shellWith(programs: ReadonlyMap<string, Program>): NewShell {
  return (cluster, sinks) => new Shell(cluster, programs, { ...sinks, stdin: MUTE_KEYS });
}

export interface Opened {
  readonly sandbox: Sandbox;
  readonly frames: Frame[];
  readonly host: TestHost;
  readonly traces: TraceKeeper;
  readonly lost: number;
  readonly again: OpenedSandbox['again'];
}

export async function openSandbox(store: SandboxStore, programs = TEST_PROGRAMS): Promise<Opened> {
  const frames: Frame[] = [];
  const host = new TestHost();
  const traces = new TraceKeeper();
  const post = (frame: Frame) => frames.push(structuredClone(frame));
  const { sandbox, lost, again } = await Sandbox.open(
    { newShell: shellWith(programs), suggest: () => null, traces: () => traces, host, post },
    new LogBook(store),
  );
  return { sandbox, frames, host, traces, lost, again };
}

/** Everything that the records hold, in an order of its own. */
export function stateOf(cluster: Cluster): unknown {
  return cluster.records
    .tableNames()
    .sort()
    .map((name) => [name, [...cluster.records.table(name).entries()].sort(([a], [b]) => (a < b ? -1 : 1))]);
}
