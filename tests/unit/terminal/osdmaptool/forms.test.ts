import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ToolBench } from './bench.ts';

function recorded(path: string): Buffer {
  return gunzipSync(readFileSync(new URL(`../../../conformance/placement/${path}`, import.meta.url)));
}

function benchWith(name: string): ToolBench {
  const bench = new ToolBench();
  bench.put('om', recorded(`${name}/osdmap.bin.gz`));
  bench.put('cm', recorded(`${name}/crushmap.bin.gz`));
  return bench;
}

test.each(['upmaps', 'holes', 'temps', 'simple-9', 'tree-argonaut', 'list-bobtail'])('the health of %s', (name) => {
  const { stdout } = benchWith(name).run('osdmaptool om --health');
  expect(stdout).toBe(recorded(`${name}/health.json.gz`).toString());
});

test.each(['html', 'xml'])('an OSD map as pretty %s', (format) => {
  const { stdout } = benchWith('temps').run(`osdmaptool om --dump ${format}-pretty`);
  expect(stdout).toBe(recorded(`temps/dump.${format}.gz`).toString());
});

test.each(['html', 'table', 'table-kv'])('a CRUSH map as %s', (format) => {
  const { stdout } = benchWith('choose-args').run(`crushtool -i cm --dump -f ${format}`);
  expect(stdout).toBe(recorded(`choose-args/crush_dump.${format}.gz`).toString());
});

describe('lines that are wrong', () => {
  test.each([
    ['om --no-such', 1, 'osdmaptool: too many arguments\n'],
    ['om --prnt', 1, 'osdmaptool: too many arguments\n'],
    ['om --mark-out x --print', 134, "std::invalid_argument'\n  what():  stoi\n"],
    ['om --mark-up x --print', 134, "std::invalid_argument'\n  what():  stod\n"],
    ['om --mark-out 99999999999 --print', 134, "std::out_of_range'\n  what():  stoi\n"],
    ['om --pg_num 3x --print', 1, "error parsing integer value Expected option value to be integer, got '3x'\n"],
    ['om --export-crush no/such', 1, 'error writing crush map to \n'],
    ['om --adjust-crush-weight 1', 1, "use ':' as separator of osd id and its weight\n"],
  ])('%s', (line, code, text) => {
    const answer = benchWith('simple-9').run(`osdmaptool ${line}`);
    expect(answer.code).toBe(code);
    expect(answer.stderr).toContain(text);
  });
});

test('--mark-in is for the OSD that --mark-up names, as in Ceph', () => {
  const { stdout } = benchWith('reweights').run('osdmaptool om --mark-up 3 --mark-in 5 --tree');
  expect(stdout).toMatch(/^marking OSD@3 as up\nmarking OSD@3 as up\n/);
});

test('--pg_num holds for what is printed later', () => {
  const { stdout } = benchWith('simple-9').run('osdmaptool om --test-map-pgs --pg_num 7 --print');
  expect(stdout).toMatch(/^pool 1 pg_num 7$/m);
  expect(stdout).toMatch(/^pool 1 'rbd' .* pg_num 7 pgp_num /m);
});

test('--clobber alone takes an empty map', () => {
  expect(benchWith('simple-9').run('osdmaptool om --clobber --print').stdout).toMatch(/^epoch 0\nfsid 00000000-/);
});
