import { bytesData, bytesOfData } from '../../../../src/engine/base/data.ts';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { programs } from '../../../../src/terminal/programs.ts';
import { CaptureOutput, NO_INPUT } from '../../../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../../../src/terminal/shell/shell.ts';

/** Tools on a simulated machine with a cluster, and its files. */
export class ToolBench {
  readonly cluster = new Cluster(DEFAULT_SPEC);
  readonly #shell: Shell;

  constructor() {
    const nowhere = new CaptureOutput();
    this.#shell = new Shell(this.cluster, programs(), { stdout: nowhere, stderr: nowhere });
  }

  #files() {
    return this.#shell.view({ stdin: NO_INPUT, stdout: new CaptureOutput(), stderr: new CaptureOutput() });
  }

  put(path: string, bytes: Uint8Array): void {
    this.#shell.files.put(this.#files().resolve(path), bytesData(bytes));
  }

  file(path: string): Uint8Array {
    const data = this.#shell.files.get(this.#files().resolve(path));
    if (data === undefined) throw new Error(`no file ${path}`);
    return bytesOfData(data);
  }

  run(line: string): { code: number; stdout: string; stderr: string } {
    const [stdout, stderr] = [new CaptureOutput(), new CaptureOutput()];
    const task = this.#shell.exec(line.split(' '), new Map(), { stdin: NO_INPUT, stdout, stderr });
    const code = this.cluster.run(task);
    const text = (output: CaptureOutput) => Buffer.from(output.bytes()).toString('utf8');
    return { code, stdout: text(stdout), stderr: text(stderr) };
  }

  /** Runs a line that must succeed; gives what it printed. */
  must(line: string): string {
    const { code, stdout, stderr } = this.run(line);
    if (code !== 0) throw new Error(`${line}: exit ${code}: ${stderr}`);
    return stdout;
  }
}
