import { expect, test } from 'vitest';
import { crushHash32of2, crushHash32of3, crushHash32of4 } from '../../../../src/engine/crush/hash.ts';

/** The hash said again with 32-bit unsigned arithmetic that no one would write for speed. */
function plainHash(values: number[], order: [number, number][]): number {
  const reg = [...values, 231232, 1232].map((value) => BigInt(value));
  let h = values.reduce((all, value) => all ^ (BigInt(value) & 0xffffffffn), 1315423911n);
  const wrap = (value: bigint) => BigInt.asUintN(32, value);
  for (const [i, j] of order) {
    let a = wrap(reg[i] ?? 0n);
    let b = wrap(reg[j] ?? 0n);
    for (const [down, up, last] of [
      [13n, 8n, 13n],
      [12n, 16n, 5n],
      [3n, 10n, 15n],
    ] as const) {
      a = wrap(a - b - h) ^ (h >> down);
      b = wrap(wrap(b - h - a) ^ (a << up));
      h = wrap(h - a - b) ^ (b >> last);
    }
    reg[i] = a;
    reg[j] = b;
  }
  return Number(h);
}

const INPUTS = [0, 1, -1, 5, 1235, 0x7fffffff, -0x80000000, 0xdeadbeef];

test('hashes of two, three and four values follow their definition', () => {
  for (const a of INPUTS) {
    for (const b of INPUTS) {
      expect(crushHash32of2(a, b)).toBe(
        plainHash(
          [a, b],
          [
            [0, 1],
            [2, 0],
            [1, 3],
          ],
        ),
      );
      expect(crushHash32of3(a, b, 7)).toBe(
        plainHash(
          [a, b, 7],
          [
            [0, 1],
            [2, 3],
            [4, 0],
            [1, 3],
            [4, 2],
          ],
        ),
      );
      expect(crushHash32of4(a, b, 7, -9)).toBe(
        plainHash(
          [a, b, 7, -9],
          [
            [0, 1],
            [2, 3],
            [0, 4],
            [5, 1],
            [2, 4],
            [5, 3],
          ],
        ),
      );
    }
  }
});
