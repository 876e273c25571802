import type { Socket } from 'node:net';
import type { Cluster } from '../../engine/cluster/cluster.ts';
import type { Process, Program } from '../../terminal/process.ts';
import type { Devices } from '../../terminal/shell/devices.ts';
import { hostFilesIn } from '../host-files.ts';
import type { ClusterClock } from './cluster-clock.ts';
import { type Frame, FrameReader, frame, numberFrame } from './frames.ts';
import { parseStart, type StartRequest } from './start-request.ts';
import { SocketInput, socketOutput } from './streams.ts';

/** A shell's code for a command that it does not find. */
const EXIT_NOT_FOUND = 127;

/** What every connection of a server shares. */
export interface Host {
  readonly cluster: Cluster;
  readonly devices: Devices;
  readonly clock: ClusterClock;
  readonly programs: ReadonlyMap<string, Program>;
  /** Ends the server. */
  stop(): void;
}

/** One client: the program that it starts runs until it ends, or until the connection does. */
export class Connection {
  readonly #host: Host;
  readonly #socket: Socket;
  readonly #reader = new FrameReader();
  #input: SocketInput | undefined;
  #stopProgram: (() => void) | undefined;

  constructor(host: Host, socket: Socket) {
    this.#host = host;
    this.#socket = socket;
    socket.on('data', (chunk) => this.#read(chunk));
    socket.on('close', () => this.#stopProgram?.());
    // The close that follows says all that matters.
    socket.on('error', () => undefined);
  }

  /** What is no frame, or none for now, ends the connection. */
  #read(chunk: Buffer): void {
    try {
      for (const each of this.#reader.push(chunk)) this.#take(each);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#socket.end(frame('error-output', `radoscope: ${text}\n`));
    }
  }

  #take(each: Frame): void {
    if (each.kind === 'start' && this.#input === undefined) this.#start(parseStart(each.body));
    else if (each.kind === 'input') this.#input?.take(each.body);
    else if (each.kind === 'input-end') this.#input?.end();
    else if (each.kind === 'stop') this.#host.stop();
    else throw new Error(`no ${each.kind} frame was expected`);
  }

  #start(request: StartRequest): void {
    const [name = ''] = request.argv;
    const program = this.#host.programs.get(name);
    const input = new SocketInput(this.#socket, request.isTty[0]);
    this.#input = input;
    if (program === undefined) {
      this.#end(EXIT_NOT_FOUND, `radoscope: ${name}: no such program`);
      return;
    }
    const task = program(this.#processOf(request, input));
    this.#stopProgram = this.#host.clock.start(task, (exit, crash) => this.#end(exit, crash));
  }

  #processOf({ argv, env, cwd, isTty }: StartRequest, stdin: SocketInput): Process {
    const { cluster, devices } = this.#host;
    return {
      argv,
      env: new Map(Object.entries(env)),
      stdin,
      stdout: socketOutput(this.#socket, 'output', isTty[1]),
      stderr: socketOutput(this.#socket, 'error-output', isTty[2]),
      files: hostFilesIn(cwd, stdin),
      cluster,
      devices,
    };
  }

  #end(exit: number, crash: string): void {
    if (crash !== '') this.#socket.write(frame('error-output', `${crash}\n`));
    this.#socket.end(numberFrame('exit', exit));
  }
}
