import { describe, expect, test } from 'vitest';
import { must } from '../../../../src/engine/base/assert.ts';
import { compileCrushMap } from '../../../../src/engine/crush/compile/compile.ts';
import { decodeCrushMap } from '../../../../src/engine/crush/decode.ts';
import { decompileCrushMap } from '../../../../src/engine/crush/decompile.ts';
import { encodeCrushMap } from '../../../../src/engine/crush/encode.ts';
import { crushCases, hasCaseFile, readCase } from '../../../helpers/crush-cases.ts';

describe('recorded maps of the release', () => {
  test.each(crushCases())('%s: read and written again, byte for byte', (name) => {
    const bytes = readCase(name, 'crushmap.bin');
    expect(Buffer.compare(encodeCrushMap(decodeCrushMap(bytes)), bytes)).toBe(0);
  });

  test.each(crushCases())('%s: as text', (name) => {
    const text = decompileCrushMap(decodeCrushMap(readCase(name, 'crushmap.bin')));
    expect(text).toBe(readCase(name, 'crush.txt').toString());
  });
  test.each(crushCases())('%s: text compiled again, byte for byte what the tool makes of it', (name) => {
    const { map, messages } = compileCrushMap(readCase(name, 'crush.txt'));
    expect(messages).toBe('');
    expect(Buffer.compare(encodeCrushMap(must(map, 'map')), readCase(name, 'recompiled.bin'))).toBe(0);
  });

  test.each(crushCases().filter((name) => hasCaseFile(name, 'source.txt')))('%s: its source compiled', (name) => {
    const { map, messages } = compileCrushMap(readCase(name, 'source.txt'));
    expect(messages).toBe(readCase(name, 'source.err').toString());
    if (!hasCaseFile(name, 'source.bin')) expect(map).toBeUndefined();
    else expect(Buffer.compare(encodeCrushMap(must(map, 'map')), readCase(name, 'source.bin'))).toBe(0);
  });
});
