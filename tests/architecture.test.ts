import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { folderOf, IMPORTS, MAX_LINES, mayImport, PURE_BANNED, PURE_ZONES, TABLES } from './architecture.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const src = join(root, 'src');

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function sourceFiles(folder = src): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(src, join(entry.parentPath, entry.name)))
    .sort();
}

function importsOf(file: string, text: string): Import[] {
  const found: Import[] = [];
  const pattern =
    /(?:^|\n)\s*(import|export)\s+(type\s)?[^;'"]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|new URL\(\s*'([^']+)',\s*import\.meta\.url/g;
  for (const match of text.matchAll(pattern)) {
    const specifier = match[3] ?? match[4] ?? match[5] ?? match[6] ?? '';
    found.push({ file, specifier, typeOnly: match[2] !== undefined || match[6] !== undefined });
  }
  return found;
}

function violations(file: string, text: string): string[] {
  const from = folderOf(file);
  if (from === undefined) return [`${file}: its folder is not in the table of imports`];
  return importsOf(file, text).flatMap(({ specifier, typeOnly }) => {
    if (!specifier.startsWith('.')) return [];
    const target = relative(src, resolve(dirname(join(src, file)), specifier.replace(/\?.*$/, '')));
    const to = folderOf(target);
    if (to === undefined) return [`${file}: imports ${target}, which no folder of the table holds`];
    return mayImport(from, to, typeOnly)
      ? []
      : [`${file}: ${from} may not import ${typeOnly ? 'types of ' : ''}${to} (${specifier})`];
  });
}

describe('architecture', () => {
  const files = sourceFiles();

  test('imports keep to the table', () => {
    expect(files.flatMap((file) => violations(file, readFileSync(join(src, file), 'utf8')))).toEqual([]);
  });

  test('the check itself sees a breach, a dynamic one and an unknown folder', () => {
    expect(violations('engine/librbd/x.ts', "import { a } from '../osd/pg.ts';\n")).toHaveLength(1);
    expect(violations('app/state/x.ts', "const a = await import('../../engine/cluster/cluster.ts');\n")).toHaveLength(
      1,
    );
    expect(violations('app/state/x.ts', "import type { A } from '../../protocol/view.ts';\n")).toEqual([]);
    expect(violations('nowhere/x.ts', '')).toHaveLength(1);
  });

  test('the table has no cycle of value imports', () => {
    const state = new Map<string, 'open' | 'done'>();
    const visit = (folder: string, path: readonly string[]): string[] => {
      if (state.get(folder) === 'open') return [[...path, folder].join(' → ')];
      if (state.get(folder) === 'done') return [];
      state.set(folder, 'open');
      const found = (IMPORTS[folder] ?? [])
        .filter((to) => !to.startsWith('~') && to !== folder)
        .flatMap((to) => visit(to, [...path, folder]));
      state.set(folder, 'done');
      return found;
    };
    expect(Object.keys(IMPORTS).flatMap((folder) => visit(folder, []))).toEqual([]);
  });

  test('pure zones use neither clock nor chance nor promises', () => {
    const found = files
      .filter((file) => PURE_ZONES.some((zone) => file.startsWith(`${zone}/`)))
      .flatMap((file) => {
        const code = readFileSync(join(src, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
        return PURE_BANNED.filter((pattern) => pattern.test(code)).map((pattern) => `${file}: ${pattern.source}`);
      });
    expect(found).toEqual([]);
  });

  test('no file outgrows its room', () => {
    const large = files
      .filter((file) => !TABLES.some((table) => table.test(file)))
      .map((file) => ({ file, lines: readFileSync(join(src, file), 'utf8').split('\n').length }))
      .filter(({ lines }) => lines > MAX_LINES);
    expect(large).toEqual([]);
  });

  test.each(PURE_ZONES)('a canary that uses `document` does not compile in %s', (zone) => {
    const folder = mkdtempSync(join(tmpdir(), 'radoscope-canary-'));
    try {
      writeFileSync(join(folder, 'canary.ts'), 'export const title = document.title;\n');
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({
          extends: join(src, zone, 'tsconfig.json'),
          include: ['canary.ts'],
        }),
      );
      const result = spawnSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder, '--pretty', 'false'], {
        encoding: 'utf8',
      });
      expect(result.stdout).toContain("Cannot find name 'document'");
      expect(result.status).not.toBe(0);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('names of folders and files at the top are the ones agreed on', () => {
    const tracked = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
    const top = new Set(tracked.map((path) => path.split('/')[0]));
    const allowed = [
      '.ci',
      '.gitignore',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'docs',
      'index.html',
      'package-lock.json',
      'package.json',
      'public',
      'src',
      'tests',
      'tsconfig.json',
      'vite.config.ts',
    ];
    expect([...top].filter((name) => name !== undefined && !allowed.includes(name))).toEqual([]);
  });
});
