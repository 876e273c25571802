import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { crushtool } from '../../../../src/terminal/cli/crushtool/crushtool.ts';
import { runTool, TestFiles } from '../../../helpers/tool-run.ts';

const CASE = new URL('../../../conformance/crush-msr/', import.meta.url);

function recorded(name: string): Buffer {
  return gunzipSync(readFileSync(new URL(`${name}.gz`, CASE)));
}

test('MSR rules: text to binary, binary to text, and recorded mappings', () => {
  const files = new TestFiles();
  files.contents.set('source.txt', recorded('source.txt'));
  const compiled = runTool(crushtool, ['crushtool', '-c', 'source.txt', '-o', 'crushmap.bin'], files);
  expect(compiled).toEqual({ code: 0, out: '', err: '' });
  expect(Buffer.compare(files.contents.get('crushmap.bin') ?? Buffer.of(), recorded('crushmap.bin'))).toBe(0);
  const text = runTool(crushtool, ['crushtool', '-d', 'crushmap.bin'], files).out;
  expect(text).toBe(recorded('crush.txt').toString());
  for (const line of recorded('crush_tests.sha256').toString().trimEnd().split('\n')) {
    const [hash, call = ''] = line.split('  ');
    const { out } = runTool(crushtool, call.split(' '), files);
    expect(createHash('sha256').update(out).digest('hex'), call).toBe(hash);
  }
});
