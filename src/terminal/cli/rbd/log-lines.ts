import { showTime } from '../../../engine/codec/show.ts';
import { hearErrors, type LoggedError } from '../../../engine/librados/error-log.ts';
import type { Rados } from '../../../engine/librados/rados.ts';

/** Log lines of a client, as its tool has them on stderr: time, thread, level, and what happened. */
export class LogLines {
  #lines: string[] = [];

  /** Clients of Firefly had other words, which nobody has recorded: they say nothing. */
  hear(rados: Rados): void {
    if (rados.port.era.oldHeaders) return;
    hearErrors(rados, (error) => this.#lines.push(lineOf(rados, error)));
  }

  /** Those since it was last asked. */
  take(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    return text;
  }
}

function lineOf(rados: Rados, { source, isOneOfMany, text }: LoggedError): string {
  const time = `${showTime(rados.now_us()).slice(0, 23)}+0000`;
  // Threads and addresses mean nothing to anybody: they look as theirs do, and are those of this client each time.
  // What asks and what answers are two threads.
  const number = (Math.imul(rados.clientId, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
  const thread = source.endsWith('Request') && source !== 'librbd::image::CreateRequest' ? '6c0' : 'b80';
  return `${time} 7f${number.slice(1)}${thread} -1 ${source}: ${isOneOfMany ? `0x55${number}b0 ` : ''}${text}\n`;
}
