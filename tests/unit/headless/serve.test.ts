import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SPEC } from '../../../src/engine/cluster/spec.ts';
import { type Frame, FrameReader, frame, numberOf, pieces } from '../../../src/headless/serve/frames.ts';
import { readOptions } from '../../../src/headless/serve/options.ts';
import { type ServedCluster, serveCluster, stopServer } from '../../../src/headless/serve/server.ts';

/** Virtual time a thousand times as fast, so that no test waits for it. */
const SPEED = 1000;

let folder: string;
let path: string;
let served: ServedCluster;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-test-'));
  path = join(folder, 'socket');
  served = await serveCluster(path, DEFAULT_SPEC, SPEED);
});

afterEach(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Ended {
  readonly exit: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

interface Client {
  readonly ended: Promise<Ended>;
  /** Waits until its output has that text. */
  saw(text: string): Promise<void>;
  input(text: string): void;
  hangUp(): void;
}

/** A client that gives its input, if any, when it is asked for. */
function start(argv: readonly string[], input?: string): Client {
  const socket = connect(path);
  const reader = new FrameReader();
  const got = { exit: undefined as number | undefined, stdout: '', stderr: '' };
  const waiting: { text: string; resolve: () => void }[] = [];
  let given = false;
  const take = (each: Frame): void => {
    if (each.kind === 'output') got.stdout += each.body.toString();
    if (each.kind === 'error-output') got.stderr += each.body.toString();
    if (each.kind === 'exit') got.exit = numberOf(each);
    // A program that reads faster than frames come asks again: what is under way answers that too.
    if (each.kind === 'want-input' && input !== undefined && !given) {
      given = true;
      for (const piece of pieces('input', Buffer.from(input))) socket.write(piece);
      socket.write(frame('input-end'));
    }
    for (const { text, resolve } of waiting) if (got.stdout.includes(text)) resolve();
  };
  socket.write(frame('start', JSON.stringify({ argv, env: {}, cwd: folder, isTty: [false, false, false] })));
  socket.on('data', (chunk) => {
    for (const each of reader.push(chunk)) take(each);
  });
  return {
    ended: new Promise((resolve) => socket.on('close', () => resolve(got))),
    saw: (text) => new Promise((resolve) => (got.stdout.includes(text) ? resolve() : waiting.push({ text, resolve }))),
    input: (text) => void socket.write(frame('input', text)),
    hangUp: () => void socket.destroy(),
  };
}

async function must(line: string, input?: string): Promise<string> {
  const { exit, stdout, stderr } = await start(line.split(' '), input).ended;
  expect({ exit, stderr: exit === 0 ? '' : stderr }, line).toEqual({ exit: 0, stderr: '' });
  return stdout;
}

describe('a served cluster', () => {
  it('runs tools: arguments, input, output, exit codes, and files of the caller', async () => {
    await must('ceph osd pool create p 8');
    await must('rados -p p put o -', 'some data');
    expect(await must('rados -p p get o -')).toBe('some data');
    writeFileSync(join(folder, 'file'), 'from a file');
    await must('rados -p p put f file');
    await must('rados -p p get f copy');
    expect(statSync(join(folder, 'copy')).size).toBe('from a file'.length);
    await must('rados -p p put s /dev/stdin', 'by its name');
    expect(await must('rados -p p get s -')).toBe('by its name');
    expect(await start(['rados', '-p', 'p', 'stat', 'nobody']).ended).toEqual({
      exit: 1,
      stdout: '',
      stderr: ' error stat-ing p/nobody: (2) No such file or directory\n',
    });
  });

  it('carries more bytes than one frame does, as they are', async () => {
    await must('ceph osd pool create p 8');
    const text = 'Ceph'.repeat(300_000);
    await must('rados -p p put big -', text);
    expect(await must('rados -p p get big -')).toBe(text);
  });

  it('has several clients at a time: one watches, one notifies', async () => {
    await must('ceph osd pool create p 8');
    await must('rados -p p create o');
    const watcher = start(['rados', '-p', 'p', 'watch', 'o']);
    await watcher.saw('press enter');
    const told = await must('rados -p p notify o hello');
    expect(told).toMatch(/^reply client\.\d+ cookie \d+ : 9 bytes\n00000000 {2}05 00 00 00 68 65 6c 6c {2}6f /);
    watcher.input('\n');
    const { exit, stdout } = await watcher.ended;
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^press enter to exit\.\.\.\nNOTIFY cookie \d+ notify_id \d+ from \d+\n00000000 {2}05 00/);
    expect(await must('rados -p p listwatchers o')).toBe('');
  });

  it('stops the program of a client that hangs up, which leaves its watch until that times out', async () => {
    await must('ceph osd pool create p 8');
    await must('rados -p p create o');
    const watcher = start(['rados', '-p', 'p', 'watch', 'o']);
    await watcher.saw('press enter');
    expect(await must('rados -p p listwatchers o')).toMatch(/^watcher=/);
    watcher.hangUp();
    await watcher.ended;
    await expect.poll(() => must('rados -p p listwatchers o'), { timeout: 20_000 }).toBe('');
  });

  it('starts no program but its own, and ends a connection that makes no sense', async () => {
    expect(await start(['cat', '/etc/passwd']).ended).toEqual({
      exit: 127,
      stdout: '',
      stderr: 'radoscope: cat: no such program\n',
    });
    const answers = (bytes: Buffer): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(path);
        let text = '';
        socket.on('data', (chunk) => (text += chunk.toString()));
        socket.on('close', () => resolve(text));
        socket.write(bytes);
      });
    expect(await answers(Buffer.from('GET / HTTP/1.1\r\n\r\n'))).toContain('a frame of');
    expect(await answers(frame('start', '{"argv":[]}'))).toContain('radoscope: ');
    expect(await answers(frame('input', 'x').fill(99, 4, 5))).toContain('a frame of kind 99');
    expect(await must('rados lspools')).toBe('.mgr\n');
  });

  it('has a socket that only its owner can use, and one server for it', async () => {
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await expect(serveCluster(path, DEFAULT_SPEC, SPEED)).rejects.toThrow('served here already');
  });

  it('ends when it is told, with its socket; what runs then ends too', async () => {
    await must('ceph osd pool create p 8');
    await must('rados -p p create o');
    const watcher = start(['rados', '-p', 'p', 'watch', 'o']);
    await watcher.saw('press enter');
    expect(await stopServer(path)).toBe(true);
    await served.closed;
    expect((await watcher.ended).exit).toBeUndefined();
    expect(existsSync(path)).toBe(false);
    expect(await stopServer(path)).toBe(false);
  });
});

describe('frames', () => {
  it('are put together from any pieces', () => {
    const whole = Buffer.concat([frame('input', 'abc'), frame('input-end'), frame('exit', Buffer.from([0, 0, 0, 7]))]);
    for (let size = 1; size <= whole.length; size++) {
      const reader = new FrameReader();
      const frames: Frame[] = [];
      for (let at = 0; at < whole.length; at += size) frames.push(...reader.push(whole.subarray(at, at + size)));
      expect(frames.map(({ kind, body }) => [kind, body.toString('latin1')])).toEqual([
        ['input', 'abc'],
        ['input-end', ''],
        ['exit', '\0\0\0\x07'],
      ]);
    }
  });
});

describe('options of serve', () => {
  it('are read, with either form of a value', () => {
    expect(readOptions(['--socket=/x', '--osds', '5', '--speed=2.5', '--', 'bash', '-c', 'true'])).toMatchObject({
      socket: '/x',
      speed: 2.5,
      spec: { osds: 5 },
      stop: false,
      command: ['bash', '-c', 'true'],
    });
    expect(readOptions(['--osds', 'many'])).toBe('--osds takes a number');
    expect(readOptions(['--speed', '0'])).toBe('--speed takes a number');
    expect(readOptions(['--what'])).toBe('serve: unknown option --what');
    expect(readOptions(['--socket'])).toBe('--socket takes a path');
  });
});
