import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { bundle } from '../tools/bundle.mjs';

const HEAP_MIB = 400;
const IMAGE_OBJECTS = 25_600;
const REPLICAS = 3;

test('a full image of 100 GiB, with snapshot, clone and flatten, fits in 400 MiB of heap', async () => {
  const story = await bundle('tests/unit/memory-story.ts', 'memory-story');
  const { status, stdout, stderr } = spawnSync(process.execPath, [`--max-old-space-size=${HEAP_MIB}`, story], {
    encoding: 'utf8',
  });
  expect({ status, stderr: stderr.slice(-1000) }).toEqual({ status: 0, stderr: '' });
  const { objects, mostHeapMiB } = JSON.parse(stdout);
  expect(objects).toBeGreaterThan(2 * IMAGE_OBJECTS * REPLICAS);
  expect(mostHeapMiB).toBeLessThan(HEAP_MIB);
});
