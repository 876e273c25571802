import { bytesData, bytesOfData, overwriteData, sliceData, truncateData } from '../../src/engine/base/data.ts';
import { CephError } from '../../src/engine/base/errno.ts';
import { runToEnd, type Task } from '../../src/engine/base/task.ts';
import type { FileSystem, OpenFile, OpenMode, Process, Program } from '../../src/terminal/process.ts';
import { BytesInput, CaptureOutput } from '../../src/terminal/shell/io/streams.ts';

export interface ToolAnswer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Files of a test, by name; what tools write comes to be in `contents`. */
export class TestFiles implements FileSystem {
  readonly cwd = '/';
  readonly contents = new Map<string, Uint8Array>();

  open(path: string, mode: OpenMode): OpenFile {
    if (mode === 'read' && !this.contents.has(path)) throw new CephError('ENOENT');
    if (path.includes('/')) throw new CephError('ENOENT');
    if (mode === 'write') this.contents.set(path, new Uint8Array());
    return new TestFile(this.contents, path);
  }

  stat(): never {
    throw new CephError('ENOENT');
  }

  list(): string[] {
    return [...this.contents.keys()].sort();
  }

  remove(path: string): void {
    this.contents.delete(path);
  }

  makeDirectory(): never {
    throw new CephError('EACCES');
  }

  rename(): never {
    throw new CephError('EACCES');
  }

  resolve(path: string): string {
    return path;
  }
}

class TestFile implements OpenFile {
  readonly kind = 'file';
  readonly #contents: Map<string, Uint8Array>;
  readonly #path: string;

  constructor(contents: Map<string, Uint8Array>, path: string) {
    this.#contents = contents;
    this.#path = path;
  }

  #data() {
    return bytesData(this.#contents.get(this.#path) ?? new Uint8Array());
  }

  size(): number {
    return this.#data().length;
  }

  *readAt(off: number, length: number) {
    const data = this.#data();
    return sliceData(data, off, Math.min(length, data.length - off));
  }

  *writeAt(off: number, data: ReturnType<typeof bytesData>): Task<void> {
    this.#contents.set(this.#path, bytesOfData(overwriteData(this.#data(), off, data)));
  }

  *truncate(length: number): Task<void> {
    this.#contents.set(this.#path, bytesOfData(truncateData(this.#data(), length)));
  }

  *discard(): Task<void> {}

  *close(): Task<void> {}
}

/** Runs a tool that works on files alone. */
export function runTool(program: Program, argv: readonly string[], files: TestFiles): ToolAnswer {
  const [stdout, stderr] = [new CaptureOutput(), new CaptureOutput()];
  const process: Process = {
    argv,
    env: new Map(),
    stdin: new BytesInput(''),
    stdout,
    stderr,
    files,
    get cluster(): never {
      throw new Error('this tool has no cluster');
    },
    get devices(): never {
      throw new Error('this tool has no devices');
    },
  };
  const code = runToEnd(program(process));
  const text = (output: CaptureOutput) => Buffer.from(output.bytes()).toString();
  return { code, out: text(stdout), err: text(stderr) };
}
