import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HOSTILE } from '../../helpers/hostile-maps.ts';

/** Reading alone takes less than a second of a core; making the input counts, too, and machines differ. */
const MOST_CPU_MS = 5000;

test('hostile input in a heap of 256 MiB: each an answer, in a time that has a bound', { timeout: 240_000 }, () => {
  const program = fileURLToPath(new URL('../../tools/run-hostile.mjs', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const results = lines.slice(0, -1);
  expect(results.map(({ name }) => name)).toEqual(HOSTILE.map(({ name }) => name));
  for (const { name, cpu_ms, isFault, thrown } of results) {
    expect(isFault, `${name}: ${thrown}`).toBe(true);
    expect(cpu_ms, name).toBeLessThan(MOST_CPU_MS);
  }
});
