import { DecodeError } from './decode-error.ts';

/** What a pass over JSON bytes tells before anything is built of them. */
export interface JsonShape {
  /** Keys of the outermost object, in their order; none of an array. */
  readonly keys: readonly string[];
  /** Why it cannot be built, as far as that is seen from here. */
  readonly fault: DecodeError | undefined;
}

/**
 * Bounds of what is read: bytes, how deep values stand, how long a text is, and what all takes once it is built, the
 * bytes themselves included. A dump of 10,000 OSDs with 65,536 upmaps is within all of them.
 */
const MOST = { bytes: 32 * 1024 * 1024, depth: 64, text_bytes: 65_536, built_bytes: 70 * 1024 * 1024 } as const;

/** What values take once they are built: an object or a list, a place in them, a text, and a key that is a new one. */
const BUILT_BYTES = { container: 64, field: 16, entry: 32, text: 32, key: 200 } as const;

/** So many keys of the outermost object are told. */
const OUTER_KEYS = 1000;
/** Places for keys that were seen, each for those of one hash; a dump has some 200. */
const SEEN = 4096;

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
  readonly #seen = new Uint32Array(SEEN);
  #text: readonly [start: number, end: number] = [0, 0];
  #begun = false;
  #built_bytes: number;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#built_bytes = bytes.length;
  }

  run(): DecodeError | undefined {
    const bytes = this.#bytes;
    const most = Math.min(bytes.length, MOST.bytes);
    for (let at = 0; at < most; at++) {
      const byte = bytes[at];
      if (byte === QUOTE) {
        const end = this.#endOfText(at + 1);
        if (end === undefined) break;
        if (end - at > MOST.text_bytes) return faultAt('too-large', `a text of ${end - at} bytes`, at);
        this.#text = [at + 1, end];
        this.#built_bytes += BUILT_BYTES.text + end - at;
        at = end;
        continue;
      }
      const fault = this.#mark(byte, at);
      if (fault !== undefined) return fault;
      if (this.#built_bytes > MOST.built_bytes) return faultAt('too-large', 'more than fits the memory', at);
      if (this.#open.length === 0 && this.#begun) return this.#after(at + 1);
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

  /** The text before was a key. What it takes is known where the same one was there before. */
  #key(): void {
    const [start, end] = this.#text;
    let hash = 1;
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (this.#bytes[at] ?? 0), 0x01000193) >>> 0;
    if (this.#seen[hash % SEEN] === hash) this.#built_bytes -= BUILT_BYTES.text + 1 + end - start;
    else this.#built_bytes += BUILT_BYTES.key;
    this.#seen[hash % SEEN] = hash;
    if (this.#open.length === 1 && this.keys.length < OUTER_KEYS) this.keys.push(this.#lastText());
  }

  /** Counts what a byte begins or ends. */
  #mark(byte: number | undefined, at: number): DecodeError | undefined {
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      this.#open.push(byte);
      this.#begun = true;
      this.#built_bytes += BUILT_BYTES.container;
      return this.#open.length > MOST.depth ? faultAt('too-large', `JSON deeper than ${MOST.depth}`, at) : undefined;
    }
    if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      const fits = this.#open.pop() === (byte === CLOSE_OBJECT ? OPEN_OBJECT : OPEN_LIST);
      return fits ? undefined : faultAt('corrupt', 'a bracket that closes none', at);
    }
    if (byte === COLON) this.#key();
    if (byte === COMMA) this.#built_bytes += this.#open.at(-1) === OPEN_LIST ? BUILT_BYTES.entry : BUILT_BYTES.field;
    return undefined;
  }
}

function faultAt(kind: 'truncated' | 'corrupt' | 'too-large', what: string, offset_bytes: number): DecodeError {
  return new DecodeError(kind, what, { offset_bytes, field: null });
}
