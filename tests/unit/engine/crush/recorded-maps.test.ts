import { describe, expect, test } from 'vitest';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../../../src/engine/crush/decompile.ts';
import { encodeCrushMap } from '../../../../src/engine/crush/encode.ts';
import { crushCases, readCase } from '../../../helpers/crush-cases.ts';

describe('recorded maps of the release', () => {
  test.each(crushCases())('%s: read and written again, byte for byte', (name) => {
    const bytes = readCase(name, 'crushmap.bin');
    expect(Buffer.compare(encodeCrushMap(decodeCrushMap(bytes)), bytes)).toBe(0);
  });

  test.each(crushCases())('%s: as text', (name) => {
    const text = decompileCrushMap(decodeCrushMap(readCase(name, 'crushmap.bin')));
    expect(text).toBe(readCase(name, 'crush.txt').toString());
  });
});
