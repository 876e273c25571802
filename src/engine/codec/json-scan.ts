import { DecodeError } from './decode-error.ts';

/** What a pass over JSON bytes tells before anything is built of them. */
export interface JsonShape {
  /** Keys of the outermost object, in their order; none of an array. */
  readonly keys: readonly string[];
  /** Why it cannot be built, as far as that is seen from here. */
  readonly fault: DecodeError | undefined;
}

/**
 * Bounds of what is read: objects and arrays, values in them, how deep they stand, and bytes. A dump of 10,000 OSDs
 * with 65,536 upmaps has a third of each; what is built within them takes less than 200 MiB.
 */
const MOST = { containers: 1_000_000, values: 3_000_000, depth: 64, bytes: 32 * 1024 * 1024 } as const;

const [SPACE, QUOTE, BACKSLASH, COMMA, COLON] = [0x20, 0x22, 0x5c, 0x2c, 0x3a] as const;
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [0x5b, 0x5d, 0x7b, 0x7d] as const;

/** Looks over JSON without building it. */
export function scanJson(bytes: Uint8Array): JsonShape {
  const scan = new Scan(bytes);
  return { keys: scan.keys, fault: scan.run() };
}

class Scan {
  readonly keys: string[] = [];
  readonly #bytes: Uint8Array;
  readonly #open: number[] = [];
  #text: readonly [start: number, end: number] = [0, 0];
  #containers = 0;
  #values = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  run(): DecodeError | undefined {
    const bytes = this.#bytes;
    const most = Math.min(bytes.length, MOST.bytes);
    for (let at = 0; at < most; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        const end = this.#endOfText(at + 1);
        if (end === undefined) break;
        if (this.#open.length === 1) this.#text = [at + 1, end];
        at = end;
        continue;
      }
      const fault = this.#mark(byte, at);
      if (fault !== undefined) return fault;
      if (this.#open.length === 0 && this.#containers > 0) return this.#after(at + 1);
    }
    if (most < bytes.length) return faultAt('too-large', `more than ${most} bytes of JSON`, most);
    return faultAt('truncated', 'the JSON has no end', most);
  }

  /** Nothing but white space may follow the outermost value. */
  #after(end: number): DecodeError | undefined {
    for (let at = end; at < this.#bytes.length; at++) {
      if ((this.#bytes[at] ?? 0) > SPACE) return faultAt('corrupt', 'more after the end of the JSON', at);
    }
    return undefined;
  }

  /** Where the text that begins at `start` has its closing quote. */
  #endOfText(start: number): number | undefined {
    const bytes = this.#bytes;
    for (let at = start; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) return at;
      if (byte === BACKSLASH) at++;
    }
    return undefined;
  }

  #lastText(): string {
    const [start, end] = this.#text;
    return String.fromCharCode(...this.#bytes.subarray(start, Math.min(end, start + 100)));
  }

  /** Counts what a byte begins or ends. */
  #mark(byte: number | undefined, at: number): DecodeError | undefined {
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      this.#open.push(byte);
      if (this.#open.length > MOST.depth) return faultAt('too-large', `JSON deeper than ${MOST.depth}`, at);
      if (++this.#containers <= MOST.containers) return undefined;
      return faultAt('too-large', `more than ${MOST.containers} objects and lists`, at);
    }
    if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      const fits = this.#open.pop() === (byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_LIST);
      return fits ? undefined : faultAt('corrupt', 'a bracket that closes none', at);
    }
    if (byte === COLON && this.#open.length === 1) this.keys.push(this.#lastText());
    if (byte !== COMMA || ++this.#values <= MOST.values) return undefined;
    return faultAt('too-large', `more than ${MOST.values} values`, at);
  }
}

function faultAt(kind: 'truncated' | 'corrupt' | 'too-large', what: string, offset_bytes: number): DecodeError {
  return new DecodeError(kind, what, { offset_bytes, field: null });
}
