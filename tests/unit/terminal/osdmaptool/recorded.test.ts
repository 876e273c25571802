import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ToolBench } from './bench.ts';

const CASES = new URL('../../../conformance/placement/', import.meta.url);
const names = readdirSync(CASES, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/osdmap.bin.gz`, CASES)))
  .map((entry) => entry.name);

function unpack(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(name, CASES)));
}

/** What was recorded has the line that the tool begins with on standard error, and no newline at the end of JSON. */
function recorded(name: string): string {
  return unpack(name)
    .toString()
    .replace(/^osdmaptool: osdmap file '.*'\n/, '')
    .trimEnd();
}

const FORMS = [
  ['print.txt.gz', '--print'],
  ['tree.txt.gz', '--tree'],
  ['dump.json.gz', '--dump json'],
  ['pgs_all.txt.gz', '--test-map-pgs-dump-all'],
] as const;

describe.each(FORMS)('%s is what the tool printed', (file, options) => {
  // The largest map's PGs are kept in part only.
  const complete = names.filter((name) => name !== 'big-10000' && existsSync(new URL(`${name}/${file}`, CASES)));

  test.each(complete)('%s', (name) => {
    const bench = new ToolBench();
    bench.put('osdmap.bin', unpack(`${name}/osdmap.bin.gz`));
    const { code, stdout, stderr } = bench.run(`osdmaptool osdmap.bin ${options}`);
    expect(stdout.trimEnd()).toBe(recorded(`${name}/${file}`));
    expect(stderr).toBe("osdmaptool: osdmap file 'osdmap.bin'\n");
    expect(code).toBe(0);
  });
});

test('every object is where it was', () => {
  let compared = 0;
  for (const name of names.filter((each) => existsSync(new URL(`${each}/objects.txt.gz`, CASES)))) {
    const bench = new ToolBench();
    bench.put('osdmap.bin', unpack(`${name}/osdmap.bin.gz`));
    const lines = unpack(`${name}/objects.txt.gz`).toString().trimEnd().split('\n');
    for (const [at, line] of lines.entries()) {
      const [pool, object, placed] = line.split('\t');
      // One in eight, so that the test is quick; names with blanks are a matter of the shell's words.
      if (at % 8 !== 0 || object === undefined || object === '' || object.includes(' ')) continue;
      const { stdout } = bench.run(`osdmaptool osdmap.bin --test-map-object ${object} --pool ${pool}`);
      expect(stdout.trim()).toBe(placed?.trim());
      compared++;
    }
  }
  expect(compared).toBeGreaterThan(100);
});
