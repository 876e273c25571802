import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../src/protocol/view.ts';
import { MemoryStore } from '../../../src/worker/store/memory-store.ts';
import { openSandbox, stateOf } from './kit.ts';

function textOf(frames: readonly Frame[]): string {
  return frames.flatMap(({ output }) => output.map(({ text }) => text)).join('');
}

describe('a command that runs', () => {
  test('Ctrl-C stops it at a step, with what was done kept and exit code 130', async () => {
    const { sandbox, frames, host } = await openSandbox(new MemoryStore());
    await sandbox.run('mkpool p 8');
    sandbox.pace({ kind: 'run', speed: 1 });
    const running = sandbox.run('fill p 500');
    while (!textOf(frames).includes('filling: 3%')) await host.breathe();
    sandbox.interrupt();
    const result = await running;
    expect(result.exitCode).toBe(130);
    expect(result.timeline.entries.at(-1)).toMatchObject({ line: 'fill p 500', exitCode: 130 });
    expect(result.timeline.entries.at(-1)?.changes).toBeGreaterThan(15 * 3);
    expect(frames.at(-1)?.status).toEqual({ kind: 'idle' });
    sandbox.pace({ kind: 'fast' });
    expect((await sandbox.run('cat p object-0 | wc -c')).exitCode).toBeLessThan(128);
  });

  test('what waits for what never comes says so, until Ctrl-C; its cleaning up is done', async () => {
    const { sandbox, frames, host } = await openSandbox(new MemoryStore());
    const running = sandbox.run('wait');
    while (frames.at(-1)?.status.kind !== 'blocked') await host.breathe();
    expect(frames.at(-1)?.status).toMatchObject({ line: 'wait', reason: 'waiting for what never comes' });
    sandbox.interrupt();
    expect((await running).exitCode).toBe(130);
    expect(JSON.stringify(stateOf(sandbox.machine.cluster))).toContain('["cleaned",[["times",1]]]');
  });

  test('a bug of ours is told, and the state is the one before', async () => {
    const { sandbox, frames } = await openSandbox(new MemoryStore());
    await sandbox.run('mkpool p 8');
    const before = stateOf(sandbox.machine.cluster);
    const result = await sandbox.run('bug');
    expect(result.exitCode).toBe(70);
    expect(textOf(frames)).toContain('radoscope: TypeError: a bug of ours');
    expect(stateOf(sandbox.machine.cluster)).toEqual(before);
    expect((await sandbox.run('put p a b')).exitCode).toBe(0);
  });

  test('the page hears of the end before the call returns', async () => {
    const { sandbox, frames } = await openSandbox(new MemoryStore());
    await sandbox.run('say hi');
    expect(frames.at(-1)).toMatchObject({ seq: 1, status: { kind: 'idle' }, timeline: { at: 1 } });
    expect(textOf(frames)).toBe('hi\n');
  });

  test('lines run one after another, in the order given', async () => {
    const { sandbox } = await openSandbox(new MemoryStore());
    await Promise.all(['mkpool p 8', 'put p a 1', 'cat p a'].map((line) => sandbox.run(line)));
    expect(sandbox.timeline().entries.map(({ line }) => line)).toEqual(['mkpool p 8', 'put p a 1', 'cat p a']);
    expect(sandbox.scrollback().at(-1)?.output).toEqual([{ stream: 'stdout', text: '1' }]);
  });

  test('a probe gives what a command prints and takes everything back', async () => {
    const { sandbox } = await openSandbox(new MemoryStore());
    await sandbox.run('mkpool p 8; put p a yes');
    const before = stateOf(sandbox.machine.cluster);
    expect(await sandbox.probe('cat p a')).toEqual({ exitCode: 0, stdout: 'yes' });
    expect(await sandbox.probe('put p a no; cat p a')).toEqual({ exitCode: 0, stdout: 'no' });
    expect(await sandbox.probe('wait')).toEqual({ exitCode: 124, stdout: '' });
    expect(stateOf(sandbox.machine.cluster)).toEqual(before);
    expect(sandbox.timeline().entries).toHaveLength(1);
  });

  test('progress that was overwritten is not kept, what it ended with is', async () => {
    const { sandbox, frames } = await openSandbox(new MemoryStore());
    await sandbox.run('progress 5000');
    expect(textOf(frames)).toContain('\rworking: 2500 done');
    expect(sandbox.scrollback()[0]?.output).toEqual([{ stream: 'stderr', text: '\rworking: 5000 done.\nfinished\n' }]);
  });
});

describe('pace', () => {
  test('first steps can be watched, and 50,000 steps take only seconds', async () => {
    const { sandbox, host } = await openSandbox(new MemoryStore());
    sandbox.pace({ kind: 'run', speed: 1 });
    const start = host.time_ms;
    await sandbox.run('progress 15');
    const short_ms = host.time_ms - start;
    expect(short_ms).toBeGreaterThan(150);
    expect(short_ms).toBeLessThan(600);
    await sandbox.run('progress 50000');
    const long_ms = host.time_ms - start - short_ms;
    expect(long_ms).toBeGreaterThan(2000);
    expect(long_ms).toBeLessThan(5000);
  });

  test('speed 4 takes a quarter of the time, fast takes none', async () => {
    const { sandbox, host } = await openSandbox(new MemoryStore());
    const timed = async (line: string) => {
      const start = host.time_ms;
      await sandbox.run(line);
      return host.time_ms - start;
    };
    sandbox.pace({ kind: 'run', speed: 1 });
    const normal = await timed('progress 2000');
    sandbox.pace({ kind: 'run', speed: 4 });
    const quick = await timed('progress 2000');
    expect(quick / normal).toBeGreaterThan(0.15);
    expect(quick / normal).toBeLessThan(0.35);
    sandbox.pace({ kind: 'fast' });
    expect(await timed('progress 2000')).toBeLessThan(10);
  });

  test('paused, each step goes on to the next event', async () => {
    const { sandbox, frames, host } = await openSandbox(new MemoryStore());
    await sandbox.run('mkpool p 8');
    sandbox.pace({ kind: 'paused' });
    frames.length = 0;
    const running = sandbox.run('fill p 3');
    const events = () => frames.flatMap((frame) => frame.events).length;
    await settled(host);
    expect(events()).toBe(0);
    expect(frames.at(-1)?.status).toEqual({ kind: 'running', line: 'fill p 3', paused: true });
    for (const count of [1, 2]) {
      sandbox.step();
      await settled(host);
      expect(events()).toBe(count);
    }
    sandbox.pace({ kind: 'fast' });
    expect((await running).exitCode).toBe(0);
  });

  test('travelling while a command runs stops it first', async () => {
    const { sandbox, host } = await openSandbox(new MemoryStore());
    await sandbox.run('mkpool p 8');
    sandbox.pace({ kind: 'paused' });
    const running = sandbox.run('fill p 100');
    await settled(host);
    expect((await sandbox.travel(0)).at).toBe(0);
    expect((await running).exitCode).toBe(130);
    expect(sandbox.timeline().entries).toHaveLength(2);
  });
});

describe('frames', () => {
  test('carry at most 400 events and count the rest', async () => {
    const { sandbox, frames } = await openSandbox(new MemoryStore());
    await sandbox.run('mkpool p 8; fill p 1000 10');
    expect(Math.max(...frames.map(({ events }) => events.length))).toBe(400);
    const dropped = frames.reduce((sum, frame) => sum + frame.droppedEvents, 0);
    const carried = frames.reduce((sum, frame) => sum + frame.events.length, 0);
    expect(dropped + carried).toBeGreaterThanOrEqual(1000);
  });
});

describe('scenarios', () => {
  test('a scenario replays to the same bytes', async () => {
    const first = await openSandbox(new MemoryStore());
    for (const line of ['mkpool p 8', 'fill p 20', 'put p a b', 'say $RANDOM']) await first.sandbox.run(line);
    const { scenario } = first.sandbox.scenario();
    const second = await openSandbox(new MemoryStore());
    await second.sandbox.run('mkpool other 4');
    await second.sandbox.load(scenario);
    expect(stateOf(second.sandbox.machine.cluster)).toEqual(stateOf(first.sandbox.machine.cluster));
    expect(second.sandbox.scrollback()).toEqual(first.sandbox.scrollback());
    await second.sandbox.load({ ...scenario, at: 1 });
    expect(second.sandbox.timeline()).toMatchObject({ at: 1, entries: { length: 4 } });
    await second.sandbox.load(null);
    expect(second.sandbox.timeline()).toEqual({ entries: [], at: 0 });
  });
});

async function settled(host: { breathe(): Promise<void> }): Promise<void> {
  for (let i = 0; i < 20; i++) await host.breathe();
}
