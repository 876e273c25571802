import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { HOSTILE } from '../../helpers/hostile-maps.ts';

/** Reading alone takes less than a second of a core or two; machines differ. */
const MOST_CPU_MS = 5000;
/** Of the whole process that reads them all, one after another: with Node's own, and the bytes of the file. */
const MOST_MIB = 256;

test('hostile input: each an answer, in a time and a memory that have a bound', { timeout: 900_000 }, () => {
  const program = fileURLToPath(new URL('../../tools/run-hostile.mjs', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  expect(status).toBe(0);
  const results = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results.map(({ name }) => name)).toEqual(HOSTILE.map(({ name }) => name));
  for (const { name, died, cpu_ms, most_mib, isFault, thrown } of results) {
    expect(died, name).toBeUndefined();
    expect(isFault, `${name}: ${thrown}`).toBe(true);
    expect(cpu_ms, name).toBeLessThan(MOST_CPU_MS);
    expect(most_mib, name).toBeLessThanOrEqual(MOST_MIB);
  }
});
