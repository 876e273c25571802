import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readOptions, type ServeOptions } from './options.ts';
import { makeProgramsFolder, removeProgramsFolder } from './programs-folder.ts';
import { type ServedCluster, serveCluster, stopServer } from './server.ts';

/** How often it is looked whether the process that started the server is still there. */
const PARENT_MS = 500;
/** A shell's code for a command that it does not find. */
const EXIT_NOT_FOUND = 127;
const EXIT_SIGNAL = 128;

/** `radoscope serve`: runs until it is told to end, by `--stop`, a signal, or the end of the command or the parent. */
export async function serve(words: readonly string[]): Promise<number> {
  const options = readOptions(words);
  if (typeof options === 'string') return complain(options, 2);
  const path = resolve(options.socket);
  if (options.stop) return (await stopServer(path)) ? 0 : complain(`${path}: no cluster is served here`, 1);
  const folder = `${path}.programs`;
  let served: ServedCluster;
  try {
    served = await serveCluster(path, options.spec, options.speed);
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error), 1);
  }
  try {
    makeProgramsFolder(folder, path, clientPath());
    return await untilEnd(served, folder, options);
  } finally {
    await served.close();
    removeProgramsFolder(folder);
  }
}

/** The client program, which lies beside this one. */
function clientPath(): string {
  return join(dirname(fileURLToPath(import.meta.url)), 'radoscope-client.js');
}

async function untilEnd(served: ServedCluster, folder: string, { command }: ServeOptions): Promise<number> {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const end = () => void served.close();
  for (const signal of signals) process.on(signal, end);
  const parent = process.ppid;
  const watch = setInterval(() => process.ppid !== parent && end(), PARENT_MS);
  try {
    if (command.length > 0) return await Promise.race([runCommand(command, folder), served.closed.then(() => 0)]);
    process.stdout.write(`serving a cluster: PATH="${folder}:$PATH"\n`);
    await served.closed;
    return 0;
  } finally {
    clearInterval(watch);
    for (const signal of signals) process.off(signal, end);
  }
}

/** Runs a command with the programs first on its PATH; gives its exit code. */
function runCommand([program = '', ...words]: readonly string[], folder: string): Promise<number> {
  const env = { ...process.env, PATH: `${folder}:${process.env.PATH ?? ''}` };
  const child = spawn(program, words, { env, stdio: 'inherit' });
  return new Promise((settle) => {
    child.on('error', ({ message }) => settle(complain(message, EXIT_NOT_FOUND)));
    child.on('exit', (code, signal) => {
      settle(code ?? EXIT_SIGNAL + (signal === null ? 0 : constants.signals[signal]));
    });
  });
}

function complain(text: string, exit: number): number {
  process.stderr.write(`radoscope: ${text}\n`);
  return exit;
}
