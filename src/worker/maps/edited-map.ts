import { EXIT_INTERRUPTED } from '../../engine/base/exit-codes.ts';
import type { Task } from '../../engine/base/task.ts';
import { drop } from '../../engine/base/task.ts';
import { Cluster } from '../../engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../engine/cluster/spec.ts';
import type { OsdMap } from '../../engine/osdmap/osd-map.ts';
import type { Brought } from '../../terminal/shell/environment.ts';
import { Shell } from '../../terminal/shell/shell.ts';
import type { Host } from '../host.ts';
import { KeptOutput } from '../kept-output.ts';
import { textStream } from '../streams.ts';
import { addHost } from './add-host.ts';
import { mapPrograms, refuseStats } from './map-programs.ts';
import type { AddedHost, LineResult, MapEditor, NewHost } from './room-parts.ts';

/** A line that takes more steps than this is given up. */
const MOST_STEPS = 500_000;
const EXIT_GIVEN_UP = 124;
/** After so long messages are let through: it may be said to stop. */
const SLICE_MS = 40;
/** Exit code of a line that our own bug stopped (EX_SOFTWARE). */
const EXIT_BUG = 70;
/** The shell's table of files, and the record that is the map: see Files and Monitor. */
const FILES = 'shell/files';
const MAP_RECORD = { table: 'osdmap', key: 'current' };

/** A cluster that is its map alone, with a shell on it: commands edit the map by the monitor's own code. */
export class EditedMap implements MapEditor {
  readonly #cluster: Cluster;
  readonly #shell: Shell;
  readonly #host: Host;
  #output = new KeptOutput();
  #isStopped = false;

  constructor(map: OsdMap, host: Host, variables: Brought) {
    this.#host = host;
    // Edits come after the map's last change.
    this.#cluster = new Cluster({ ...DEFAULT_SPEC, map, start_us: Math.max(map.modified_us, DEFAULT_SPEC.start_us) });
    Object.assign(this.#cluster.stats, refuseStats);
    this.#shell = new Shell(this.#cluster, mapPrograms(), {
      stdout: textStream('stdout', false, (chunk) => this.#output.add(chunk)),
      stderr: textStream('stderr', false, (chunk) => this.#output.add(chunk)),
      variables,
    });
  }

  map(): OsdMap {
    return this.#cluster.monitor.map();
  }

  setMap(map: OsdMap): void {
    const { records } = this.#cluster;
    records.commit();
    records.apply([{ ...MAP_RECORD, from: this.map(), to: map }]);
  }

  async run(line: string): Promise<LineResult> {
    this.#output = new KeptOutput();
    this.#isStopped = false;
    this.#cluster.beginCommand();
    const exitCode = await this.#runToEnd(line);
    const wroteFiles = this.#cluster.records.commit().some(({ table }) => table === FILES);
    return { exitCode, stdout: this.#printed('stdout'), stderr: this.#printed('stderr'), wroteFiles };
  }

  stop(): void {
    this.#isStopped = true;
  }

  addHost(host: NewHost): Promise<AddedHost> {
    return addHost(this, (change) => this.#cluster.monitor.publish(change, 'host added'), host);
  }

  async #runToEnd(line: string): Promise<number> {
    try {
      return await this.#drive(this.#shell.run(line));
    } catch (error) {
      this.#cluster.records.rollback();
      this.#output.add({ stream: 'stderr', text: `radoscope: ${error instanceof Error ? error.message : error}\n` });
      return EXIT_BUG;
    }
  }

  async #drive(task: Task<number>): Promise<number> {
    let rested_ms = this.#host.now_ms();
    for (let step = 0; step < MOST_STEPS; step++) {
      const outcome = this.#cluster.step(task);
      if (outcome.kind === 'done') return outcome.value;
      if (outcome.kind === 'blocked') break;
      if (this.#host.now_ms() - rested_ms < SLICE_MS) continue;
      await this.#host.breathe();
      if (this.#isStopped) return this.#end(task, '^C\n', EXIT_INTERRUPTED);
      rested_ms = this.#host.now_ms();
    }
    return this.#end(task, 'radoscope: the line was stopped: it waits for what does not come\n', EXIT_GIVEN_UP);
  }

  #end(task: Task<number>, text: string, exitCode: number): number {
    const dropping = drop(task);
    while (this.#cluster.step(dropping).kind === 'ran');
    this.#output.add({ stream: 'stderr', text });
    return exitCode;
  }

  #printed(wanted: 'stdout' | 'stderr'): string {
    const chunks = this.#output.chunks().filter(({ stream }) => stream === wanted);
    return chunks.map(({ text }) => text).join('');
  }
}
