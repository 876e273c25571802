import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runFile } from '../../../src/headless/run-file.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'radoscope-run-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(
  script: string,
  ...words: string[]
): Promise<{ out: string; err: string; code: number; writes: number }> {
  const path = join(folder, 'x.sh');
  writeFileSync(path, script);
  const parts: Record<'stdout' | 'stderr', Buffer[]> = { stdout: [], stderr: [] };
  const sinks = {
    stdout: (bytes: Uint8Array) => void parts.stdout.push(Buffer.from(bytes)),
    stderr: (bytes: Uint8Array) => void parts.stderr.push(Buffer.from(bytes)),
  };
  const code = await runFile(['--seed', '5', path, ...words], sinks);
  return {
    out: Buffer.concat(parts.stdout).toString(),
    err: Buffer.concat(parts.stderr).toString(),
    code,
    writes: parts.stdout.length,
  };
}

const STORY = `
ceph osd pool create images 32
rbd pool init images
rbd create --size 32M images/a
dd if=/dev/urandom of=$(rbd map images/a) bs=4M count=3 status=none
rbd snap create images/a@s
rbd snap protect images/a@s
rbd clone images/a@s images/b
rbd flatten images/b
for i in a b; do rbd info images/$i | grep -E 'size|parent'; done
rados -p images ls | sort | wc -l
hexdump -C -n 16 /dev/rbd0
exit 3
`;

describe('radoscope run', () => {
  it('ends with the exit code of the script and writes as it goes', async () => {
    expect(await run('echo one\necho two\nexit 7\n')).toEqual({ out: 'one\ntwo\n', err: '', code: 7, writes: 2 });
    expect((await run('echo $0 $1 $#\nfalse\n', 'a', 'b')).out).toBe('x.sh a 2\n');
    expect((await run('false\n')).code).toBe(1);
  });

  it('gives the same bytes for the same script and seed, and others for another seed', async () => {
    const first = await run(STORY);
    expect(first.code).toBe(3);
    expect(first.out).toContain('\tsize 32 MiB in 8 objects\n');
    expect(await run(STORY)).toEqual(first);
    const path = join(folder, 'x.sh');
    const parts: string[] = [];
    await runFile(['--seed=6', path], {
      stdout: (bytes) => void parts.push(Buffer.from(bytes).toString()),
      stderr: () => {},
    });
    expect(parts.join('')).not.toBe(first.out);
  });

  it('tells what it cannot run', async () => {
    const sinks = { stdout: () => {}, stderr: () => {} };
    expect(await runFile([], sinks)).toBe(2);
    expect(await runFile(['--nosuch'], sinks)).toBe(2);
    expect(await runFile([join(folder, 'nofile')], sinks)).toBe(127);
  });

  it('stops at what can never come', async () => {
    const blocked = await run('ceph osd pool create p 8\necho x > f\nceph osd pause\nrados -p p put a f\n');
    expect(blocked.code).toBe(124);
    expect(blocked.err).toContain('radoscope: stopped: writes are paused');
  });
});
