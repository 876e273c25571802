import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compiledCore } from '../../../tools/crush-core.mjs';

test('the core that the engine carries is the one that its source compiles to', async () => {
  const carried = readFileSync(new URL('../../../../src/engine/crush/simd-core-bytes.ts', import.meta.url), 'utf8');
  expect(carried).toBe(await compiledCore());
});
