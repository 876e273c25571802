import { hexOf } from '../../../engine/base/bytes.ts';
import type { Task } from '../../../engine/base/task.ts';
import type { Program } from '../../process.ts';
import { CHUNK_BYTES, forEachInput } from './input.ts';
import { fail, has, withOptions } from './options.ts';

/** A digest that is fed with bytes. */
export interface Digest {
  update(bytes: Uint8Array): void;
  finish(): Uint8Array;
}

/** `md5sum` and the like: one line a file. */
export function checksumProgram(makeDigest: () => Digest): Program {
  return function* (process): Task<number> {
    return yield* withOptions(
      process,
      { letters: 'cbt', long: { check: 'c', binary: 'b', text: 't' } },
      function* (options) {
        if (has(options, 'c')) return yield* fail(process, 'checking sums (-c) is not there yet', 95);
        return yield* forEachInput(process, options.operands, function* (stream, name) {
          const digest = makeDigest();
          for (let chunk = yield* stream.read(CHUNK_BYTES); chunk !== null; chunk = yield* stream.read(CHUNK_BYTES))
            digest.update(chunk);
          yield* process.stdout.write(`${hexOf(digest.finish())}  ${name}\n`);
        });
      },
    );
  };
}

/** Feeds a compression function with 64-byte blocks, and pads the last ones as MD5 and SHA-2 do. */
export abstract class BlockDigest implements Digest {
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  #filled = 0;
  #length = 0;

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + 64 - this.#filled);
      this.#block.set(part, this.#filled);
      this.#filled += part.length;
      at += part.length;
      if (this.#filled < 64) return;
      this.compress(this.#view);
      this.#filled = 0;
    }
  }

  finish(): Uint8Array {
    const bits = this.#length * 8;
    this.update(Uint8Array.of(0x80));
    while (this.#filled !== 56) this.update(Uint8Array.of(0));
    const length = new DataView(new ArrayBuffer(8));
    length.setUint32(this.littleEndian ? 4 : 0, Math.floor(bits / 2 ** 32), this.littleEndian);
    length.setUint32(this.littleEndian ? 0 : 4, bits % 2 ** 32, this.littleEndian);
    this.update(new Uint8Array(length.buffer));
    const out = new DataView(new ArrayBuffer(this.state.length * 4));
    for (const [index, word] of this.state.entries()) out.setUint32(index * 4, word, this.littleEndian);
    return new Uint8Array(out.buffer);
  }

  protected abstract readonly littleEndian: boolean;
  protected abstract readonly state: Uint32Array;
  protected abstract compress(block: DataView): void;
}
