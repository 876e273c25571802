import type { Socket } from 'node:net';
import { CephError } from '../../engine/base/errno.ts';
import { type Task, waitUntil } from '../../engine/base/task.ts';
import type { InputStream, OutputStream } from '../../terminal/process.ts';
import { numberFrame, pieces } from './frames.ts';

/** A program that writes faster than its client reads waits from here on. */
const MOST_UNSENT_BYTES = 4 * 1024 ** 2;
const ASKED_BYTES = 64 * 1024;

/** A client's standard input: asked for when the program reads, and no sooner. */
export class SocketInput implements InputStream {
  readonly isTty: boolean;
  readonly #socket: Socket;
  #held: Uint8Array[] = [];
  #asked = false;
  #ended = false;

  constructor(socket: Socket, isTty: boolean) {
    this.#socket = socket;
    this.isTty = isTty;
  }

  take(bytes: Uint8Array): void {
    this.#asked = false;
    this.#held.push(bytes);
  }

  end(): void {
    this.#ended = true;
  }

  *read(max: number): Task<Uint8Array | null> {
    if (this.#held.length === 0 && !this.#ended && !this.#asked) {
      this.#asked = true;
      this.#socket.write(numberFrame('want-input', ASKED_BYTES));
    }
    yield* waitUntil('standard input', () => this.#held.length > 0 || this.#ended);
    const [first, ...rest] = this.#held;
    if (first === undefined) return null;
    this.#held = first.length > max ? [first.subarray(max), ...rest] : rest;
    return first.subarray(0, max);
  }
}

/** A client's standard output or standard error. */
export function socketOutput(socket: Socket, kind: 'output' | 'error-output', isTty: boolean): OutputStream {
  return {
    isTty,
    *write(text) {
      for (const piece of pieces(kind, Buffer.from(text))) {
        yield* waitUntil('its reader', () => socket.destroyed || socket.writableLength < MOST_UNSENT_BYTES);
        if (socket.destroyed) throw new CephError('EPIPE');
        socket.write(piece);
      }
    },
  };
}
