import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesData } from '../../../../src/engine/base/data.ts';
import { utf8Encode } from '../../../../src/engine/base/utf8.ts';
import { LINES } from './bash-lines.ts';
import { ERROR_LINES } from './error-lines.ts';
import { randomPipelines } from './random-pipelines.ts';
import { Bench } from './shell-fixture.ts';

/** The same files in the real folder and on the simulated machine. */
const FILES: Readonly<Record<string, string>> = {
  'fruit.txt': 'pear 3\napple 10\nfig 7\napple 2\nBanana 1\n\npear 3\n',
  'words.txt': 'the quick brown fox\njumps over\tthe lazy dog\nthe end\n',
  'numbers.txt': '10\n9\n2\n33\n1\n-4\n2\n0.5\n',
  'table.csv': 'id,name,size\n1,alpha,300\n2,beta,20\n3,gamma,1000\n',
  'empty.txt': '',
  'short.bin':
    '\x01\x02abc\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00zz',
  'noend.txt': 'one\ntwo',
};

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'radoscope-bash-'));
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function bench(): Bench {
  const made = new Bench();
  for (const [name, text] of Object.entries(FILES)) made.shell.files.put(`/root/${name}`, bytesData(utf8Encode(text)));
  return made;
}

function realBash(line: string): { out: string; err: string; code: number } {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', HOME: '/root' };
  const result = spawnSync('/bin/bash', ['--norc', '-c', line], { cwd: folder, env, encoding: 'latin1' });
  return {
    out: result.stdout,
    err: result.stderr.replaceAll(/^(?:\/bin\/)?bash: (?:-c: )?line \d+: /gm, 'bash: '),
    code: result.status ?? -1,
  };
}

function ours(line: string): { out: string; err: string; code: number } {
  const { bytes, err, code } = bench().runBytes(line);
  return { out: Buffer.from(bytes).toString('latin1'), err, code };
}

describe('lines that bash and this shell must agree on', () => {
  it('has a real bash to compare with', () => {
    expect(execFileSync('/bin/bash', ['-c', 'echo $BASH_VERSION'], { encoding: 'utf8' })).toMatch(/^5\./);
  });

  it.each(LINES)('%s', (line) => {
    const want = realBash(line);
    const got = ours(line);
    expect({ out: got.out, code: got.code }).toEqual({ out: want.out, code: want.code });
  });
});

describe('error messages', () => {
  it.each(ERROR_LINES)('%s', (line) => {
    const want = realBash(line);
    const got = ours(line);
    expect({ err: got.err, code: got.code }).toEqual({ err: want.err, code: want.code });
  });
});

describe('random pipelines of the coreutils', () => {
  const seed = Number(process.env.SEED ?? 20_241_122);
  it.each(randomPipelines(seed, 150))(`seed ${seed}: %s`, (line) => {
    const want = realBash(line);
    const got = ours(line);
    expect({ out: got.out, code: got.code }).toEqual({ out: want.out, code: want.code });
  });
});
