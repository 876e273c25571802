/**
 * What the programs of a served cluster and their server say to each other: frames of a length (u32, big endian:
 * the bytes behind it), a kind (u8) and a body. Bodies are bytes; `start` is JSON, `want-input` and `exit` a number.
 */
export const KINDS = ['start', 'input', 'input-end', 'stop', 'output', 'error-output', 'want-input', 'exit'] as const;

export type FrameKind = (typeof KINDS)[number];

export interface Frame {
  readonly kind: FrameKind;
  readonly body: Buffer;
}

const HEAD_BYTES = 5;
/** No frame is longer; streams come in as many as they need. */
const MOST_BYTES = 4 * 1024 ** 2;
/** Bytes of a stream in one frame. */
const PIECE_BYTES = 256 * 1024;

export function frame(kind: FrameKind, body: Uint8Array | string = ''): Buffer {
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const out = Buffer.alloc(HEAD_BYTES + bytes.length);
  out.writeUInt32BE(bytes.length + 1, 0);
  out.writeUInt8(KINDS.indexOf(kind), 4);
  out.set(bytes, HEAD_BYTES);
  return out;
}

export function numberFrame(kind: 'want-input' | 'exit', value: number): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt32BE(value >>> 0, 0);
  return frame(kind, body);
}

/** A stream's bytes as frames, none too long. */
export function* pieces(kind: 'input' | 'output' | 'error-output', bytes: Uint8Array): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield frame(kind, bytes.subarray(at, at + PIECE_BYTES));
}

/** The number of a `want-input` or `exit` frame. Throws for a body that is none. */
export function numberOf({ kind, body }: Frame): number {
  if (body.length !== 4) throw new Error(`a ${kind} frame of ${body.length} bytes`);
  return body.readUInt32BE(0);
}

/** Puts frames together from what arrives, in whatever pieces. Throws for what is no frame. */
export class FrameReader {
  #parts: Buffer[] = [];
  #held = 0;

  *push(chunk: Buffer): Generator<Frame> {
    this.#parts.push(chunk);
    this.#held += chunk.length;
    for (;;) {
      const size = this.#nextSize();
      if (size === undefined || this.#held < size) return;
      const whole = Buffer.concat(this.#parts);
      const [head, rest] = [whole.subarray(0, size), whole.subarray(size)];
      this.#parts = rest.length === 0 ? [] : [rest];
      this.#held = rest.length;
      yield { kind: kindOf(head.readUInt8(4)), body: head.subarray(HEAD_BYTES) };
    }
  }

  /** Bytes of the next frame with its head, once its length has come. */
  #nextSize(): number | undefined {
    if (this.#held < HEAD_BYTES) return undefined;
    const first = this.#parts[0];
    if (first !== undefined && first.length < 4) this.#parts = [Buffer.concat(this.#parts)];
    const length = this.#parts[0]?.readUInt32BE(0) ?? 0;
    if (length < 1 || length > MOST_BYTES) throw new Error(`a frame of ${length} bytes`);
    return 4 + length;
  }
}

function kindOf(code: number): FrameKind {
  const kind = KINDS[code];
  if (kind === undefined) throw new Error(`a frame of kind ${code}`);
  return kind;
}
