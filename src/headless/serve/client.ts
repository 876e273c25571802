import { writeSync } from 'node:fs';
import { connect } from 'node:net';
import { type Frame, FrameReader, frame, numberOf, pieces } from './frames.ts';

/** Killed by SIGPIPE, as a shell tells it: nobody reads the output any more. */
const EXIT_PIPE = 141;
/** sysexits.h EX_UNAVAILABLE. */
const EXIT_UNAVAILABLE = 69;

/** What of the environment goes along. */
const ENVIRONMENT = /^(CEPH_|RBD_|TZ$|LANG$|LC_|COLUMNS$|TERM$|HOSTNAME$|USER$)/;

/**
 * One of the served programs: `client.js SOCKET PROGRAM ARGUMENT...`. Its streams go through the socket; input is
 * read only when the program asks, so that a loop around it keeps its own. Ends with the program's exit code.
 */
function main([socketPath = '', ...argv]: readonly string[]): void {
  const socket = connect(socketPath);
  const reader = new FrameReader();
  socket.on('connect', () => socket.write(frame('start', startOf(argv))));
  socket.on('error', ({ message }) => leave(`${argv[0] ?? 'radoscope'}: no cluster is served here: ${message}`));
  socket.on('close', () => leave(`${argv[0] ?? 'radoscope'}: the served cluster is gone`));
  socket.on('data', (chunk) => {
    for (const each of reader.push(chunk)) take(each, socket);
  });
}

function startOf(argv: readonly string[]): string {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => ENVIRONMENT.test(name)));
  const isTty = [0, 1, 2].map((fd) => [process.stdin, process.stdout, process.stderr][fd]?.isTTY === true);
  return JSON.stringify({ argv, env, cwd: process.cwd(), isTty });
}

function take(each: Frame, socket: ReturnType<typeof connect>): void {
  if (each.kind === 'output') put(1, each.body);
  else if (each.kind === 'error-output') put(2, each.body);
  else if (each.kind === 'exit') process.exit(numberOf(each));
  else if (each.kind === 'want-input') sendInput(socket);
}

/** Writes all of it, waiting for a slow reader. */
function put(fd: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') process.exit(EXIT_PIPE);
      if (code !== 'EAGAIN') throw error;
      // The reader is slow: give it a millisecond.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

let inputIsOpen = false;

/** Sends what standard input has next: one piece for each asking. */
function sendInput(socket: ReturnType<typeof connect>): void {
  const { stdin } = process;
  if (!inputIsOpen) {
    inputIsOpen = true;
    const end = () => socket.write(frame('input-end'));
    stdin.on('data', (chunk: Buffer) => {
      stdin.pause();
      for (const piece of pieces('input', chunk)) socket.write(piece);
    });
    stdin.on('end', end);
    stdin.on('error', end);
  }
  stdin.resume();
}

function leave(text: string): void {
  process.stderr.write(`${text}\n`);
  process.exit(EXIT_UNAVAILABLE);
}

main(process.argv.slice(2));
