import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCrushMap } from '../../../../src/engine/crush/compile/compile.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../../../src/engine/crush/decompile.ts';
import { encodeCrushMap } from '../../../../src/engine/crush/encode.ts';
import { propertyRuns } from '../../../helpers/property-runs.ts';
import { RANDOM_MAP } from './random-map.ts';

describe('any CRUSH map', () => {
  test('written and read again is the same', () => {
    fc.assert(
      fc.property(RANDOM_MAP, (map) => {
        const bytes = encodeCrushMap(map);
        const read = decodeCrushMap(bytes);
        expect(Buffer.compare(encodeCrushMap(read), bytes)).toBe(0);
        expect(read.rules).toEqual(map.rules);
        expect(read.names).toEqual(new Map([...map.names].sort(([a], [b]) => a - b)));
        for (const bucket of map.buckets.values()) {
          const { derived: _, ...plain } = read.buckets.get(bucket.id) ?? bucket;
          expect(plain).toEqual({ ...bucket, derived: undefined });
        }
      }),
      propertyRuns(100),
    );
  });

  test('as text and compiled again is the same, bit for bit', () => {
    fc.assert(
      fc.property(RANDOM_MAP, (map) => {
        const { map: compiled, messages } = compileCrushMap(decompileCrushMap(map));
        expect(messages).toBe('');
        expect(compiled === undefined ? '' : decompileCrushMap(compiled)).toBe(decompileCrushMap(map));
        if (compiled !== undefined) expect(Buffer.compare(encodeCrushMap(compiled), encodeCrushMap(map))).toBe(0);
      }),
      propertyRuns(100),
    );
  });
});
