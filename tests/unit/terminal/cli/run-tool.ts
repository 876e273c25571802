import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { Cluster } from '../../../../src/engine/cluster/cluster.ts';
import { DEFAULT_SPEC } from '../../../../src/engine/cluster/spec.ts';
import { programs } from '../../../../src/terminal/programs.ts';
import { BytesInput, CaptureOutput, NO_INPUT } from '../../../../src/terminal/shell/io/streams.ts';
import { Shell } from '../../../../src/terminal/shell/shell.ts';

export interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A fresh nine-OSD cluster, and a way to run tools on it. */
export class Bench {
  readonly cluster = new Cluster(DEFAULT_SPEC);
  readonly #shell: Shell;

  constructor() {
    const nowhere = new CaptureOutput();
    this.#shell = new Shell(this.cluster, programs(), { stdout: nowhere, stderr: nowhere });
  }

  /** Runs words split at blanks; a word in quotes is one. */
  run(line: string, stdin?: string): Answer {
    const argv = (line.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replace(/^"(.*)"$/, '$1'));
    const stdout = new CaptureOutput();
    const stderr = new CaptureOutput();
    const input = stdin === undefined ? NO_INPUT : new BytesInput(utf8Encode(stdin));
    const task = this.#shell.exec(argv, new Map(), { stdin: input, stdout, stderr });
    const code = this.cluster.run(task);
    return { code, stdout: text(stdout), stderr: text(stderr) };
  }

  /** Runs a line that must succeed; gives what it printed. */
  must(line: string, stdin?: string): string {
    const { code, stdout, stderr } = this.run(line, stdin);
    if (code !== 0) throw new Error(`${line}: exit ${code}: ${stderr}`);
    return stdout;
  }
}

function text(output: CaptureOutput): string {
  return Buffer.from(output.bytes()).toString('utf8');
}
