import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { crushtool } from '../../../../src/terminal/cli/crushtool/crushtool.ts';
import { crushCases, readCase } from '../../../helpers/crush-cases.ts';
import { runTool, TestFiles } from '../../../helpers/tool-run.ts';

function filesOf(name: string): TestFiles {
  const files = new TestFiles();
  files.contents.set('crushmap.bin', readCase(name, 'crushmap.bin'));
  return files;
}

function answer(files: TestFiles, ...words: string[]): string {
  const { code, out, err } = runTool(crushtool, ['crushtool', ...words], files);
  expect(code).toBe(0);
  return out + err;
}

describe('crushtool on the recorded maps prints what the release prints', () => {
  test.each(crushCases())('%s: --tree, --dump, -d', (name) => {
    const files = filesOf(name);
    expect(answer(files, '-i', 'crushmap.bin', '--tree')).toBe(readCase(name, 'crush_tree.txt').toString());
    expect(answer(files, '-i', 'crushmap.bin', '--dump')).toBe(readCase(name, 'crush_dump.json').toString());
    expect(answer(files, '-d', 'crushmap.bin')).toBe(readCase(name, 'crush.txt').toString());
  });

  test.each(crushCases())('%s: --test', (name) => {
    const files = filesOf(name);
    const lines = readCase(name, 'crush_tests.sha256').toString().trimEnd().split('\n');
    const answers = lines.map((line) => {
      const [, call = ''] = line.split('  ');
      const hash = createHash('sha256').update(answer(files, ...call.split(' ').slice(1)));
      return `${hash.digest('hex')}  ${call}`;
    });
    expect(answers).toEqual(lines);
  });
});
