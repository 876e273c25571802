import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CephError } from '../../../../src/engine/base/errno.ts';
import { compileCrushMap } from '../../../../src/engine/crush/compile/compile.ts';
import type { CrushMap } from '../../../../src/engine/crush/crush-map.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../../../src/engine/crush/decompile.ts';
import { encodeCrushMap } from '../../../../src/engine/crush/encode.ts';
import { crushCases, hasCaseFile, readCase } from '../../../helpers/crush-cases.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';

/** The longest that one input may take, and the most memory that all may hold at once. */
const [MAX_MS, MAX_HEAP_BYTES] = [2000, 256 * 1024 * 1024] as const;

/** The recorded maps, but for the largest: that is read often enough elsewhere. */
const CASES = crushCases().filter((name) => name !== 'big-10000');
const MAPS = CASES.map((name) => readCase(name, 'crushmap.bin'));
const TEXTS = CASES.flatMap((name) =>
  ['crush.txt', 'source.txt'].filter((file) => hasCaseFile(name, file)).map((file) => readCase(name, file)),
);

interface Damage {
  /** Where, as a share of the length. */
  readonly at: number;
  readonly kind: 'set' | 'cut' | 'insert' | 'repeat' | 'huge';
  readonly bytes: readonly number[];
}

const DAMAGE: fc.Arbitrary<Damage> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom<Damage['kind'][]>('set', 'cut', 'insert', 'repeat', 'huge'),
  bytes: fc.array(fc.nat(255), { minLength: 1, maxLength: 6 }),
});

function damaged(source: Buffer, damages: readonly Damage[]): Buffer {
  return damages.reduce((bytes, { at, kind, bytes: own }) => {
    const place = Math.floor(at * bytes.length);
    const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
    if (kind === 'cut') return Buffer.concat([before, after.subarray(own[0] ?? 0)]);
    if (kind === 'insert') return Buffer.concat([before, Buffer.from(own), after]);
    if (kind === 'repeat') return Buffer.concat([before, after.subarray(0, own[0] ?? 0), after]);
    const put = kind === 'set' ? Buffer.from(own) : Buffer.from([0xff, 0xff, 0xff, 0x7f]);
    return Buffer.concat([before, put, after.subarray(put.length)]);
  }, source);
}

/** What came of an input must be usable: it can be written, and printed. */
function checkUsable(map: CrushMap): void {
  expect(encodeCrushMap(map).length).toBeGreaterThan(0);
  try {
    decompileCrushMap(map);
  } catch (error) {
    if (!(error instanceof CephError)) throw error;
  }
}

function bounded(act: () => void): void {
  const start = performance.now();
  act();
  expect(performance.now() - start).toBeLessThan(MAX_MS);
}

describe('damaged input is an error or a map, never a crash or a hang', () => {
  const damages = fc.array(DAMAGE, { minLength: 1, maxLength: 5 });

  test('binary maps', () => {
    fc.assert(
      fc.property(fc.nat(MAPS.length - 1), damages, (which, list) => {
        const bytes = damaged(MAPS[which] ?? Buffer.of(), list);
        bounded(() => {
          try {
            checkUsable(decodeCrushMap(bytes));
          } catch (error) {
            if (!(error instanceof CephError)) throw error;
          }
        });
      }),
      propertyRuns(2000),
    );
    expect(process.memoryUsage().heapUsed).toBeLessThan(MAX_HEAP_BYTES);
  });

  test('text maps', () => {
    fc.assert(
      fc.property(fc.nat(TEXTS.length - 1), damages, (which, list) => {
        const bytes = damaged(TEXTS[which] ?? Buffer.of(), list);
        bounded(() => {
          const { map, messages } = compileCrushMap(bytes, 'map.txt');
          if (map === undefined) expect(typeof messages).toBe('string');
          else checkUsable(map);
        });
      }),
      propertyRuns(2000),
    );
    expect(process.memoryUsage().heapUsed).toBeLessThan(MAX_HEAP_BYTES);
  });
});
