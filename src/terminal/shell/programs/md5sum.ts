import { BlockDigest, checksumProgram } from './checksum.ts';

const SHIFTS = [7, 12, 17, 22, 5, 9, 14, 20, 4, 11, 16, 23, 6, 10, 15, 21];
const SINES = Uint32Array.from({ length: 64 }, (_, index) => Math.floor(Math.abs(Math.sin(index + 1)) * 2 ** 32));

/** RFC 1321. */
class Md5 extends BlockDigest {
  protected readonly littleEndian = true;
  protected readonly state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);

  protected compress(block: DataView): void {
    let [a = 0, b = 0, c = 0, d = 0] = this.state;
    for (let step = 0; step < 64; step++) {
      const round = step >> 4;
      const [mixed, word] = this.#round(round, step, b, c, d);
      const sum = (a + mixed + (SINES[step] ?? 0) + block.getUint32(word * 4, true)) | 0;
      const shift = SHIFTS[round * 4 + (step & 3)] ?? 0;
      [a, d, c, b] = [d, c, b, (b + ((sum << shift) | (sum >>> (32 - shift)))) | 0];
    }
    for (const [index, value] of [a, b, c, d].entries()) this.state[index] = (this.state[index] ?? 0) + value;
  }

  #round(round: number, step: number, b: number, c: number, d: number): [mixed: number, word: number] {
    if (round === 0) return [(b & c) | (~b & d), step];
    if (round === 1) return [(d & b) | (~d & c), (5 * step + 1) & 15];
    if (round === 2) return [b ^ c ^ d, (3 * step + 5) & 15];
    return [c ^ (b | ~d), (7 * step) & 15];
  }
}

/** `md5sum [FILE]…`. */
export const md5sum = checksumProgram(() => new Md5());
