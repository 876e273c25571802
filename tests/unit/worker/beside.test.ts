import { describe, expect, test } from 'vitest';
import { programs } from '../../../src/terminal/programs.ts';
import { splitBeside, withBeside } from '../../../src/worker/beside.ts';
import { MemoryStore } from '../../../src/worker/store/memory-store.ts';
import { openSandbox, stateOf } from './kit.ts';

/** A write that waits: all OSDs of its pool are stopped. */
async function blockedWrite() {
  const opened = await openSandbox(new MemoryStore());
  const { sandbox, frames, host } = opened;
  await sandbox.run('mkpool p 1');
  const osds = sandbox.view().pgs.find(({ pgid }) => pgid.startsWith('2.'))?.acting ?? [];
  const [first = -1, second = -1, third = -1] = osds;
  const names = [first, second, third].join(' ');
  await sandbox.run(`osd stop ${names}`);
  const running = sandbox.run('put p a text');
  while (frames.at(-1)?.status.kind !== 'blocked') await host.breathe();
  return { ...opened, running, names };
}

describe('a line beside one that is blocked', () => {
  test('starts what it waits for; both are one entry, and a replay comes to the same state', async () => {
    const { sandbox, frames, running, names } = await blockedWrite();
    expect(await sandbox.aside(`osd start ${names}`)).toBe(0);
    expect((await running).exitCode).toBe(0);
    const { line } = sandbox.timeline().entries.at(-1) ?? { line: '' };
    expect(line).toBe(`put p a text # beside: osd start ${names}`);
    expect(frames.some(({ output }) => output.some(({ text }) => text.includes(`$ osd start ${names}`)))).toBe(true);
    const state = stateOf(sandbox.machine.cluster);
    const { scenario } = sandbox.scenario();
    await sandbox.load(scenario);
    expect(stateOf(sandbox.machine.cluster)).toEqual(state);
    expect((await sandbox.run('cat p a')).exitCode).toBe(0);
  });

  test('one that would wait as well is given up, and the first still waits until Ctrl-C, which a replay repeats', async () => {
    const { sandbox, frames, running } = await blockedWrite();
    expect(await sandbox.aside('put p b text')).toBe(130);
    expect(frames.flatMap(({ output }) => output.map(({ text }) => text)).join('')).toContain('would wait as well');
    sandbox.interrupt();
    expect((await running).exitCode).toBe(130);
    const { scenario } = sandbox.scenario();
    expect(splitBeside(scenario.commands.at(-1) ?? '')).toEqual({
      line: 'put p a text',
      beside: ['put p b text', '^C'],
    });
    expect((await sandbox.load({ ...scenario })).exitCode).toBe(130);
  });

  test('where nothing is blocked it is not run', async () => {
    const { sandbox } = await openSandbox(new MemoryStore());
    expect(await sandbox.aside('mkpool p 8')).toBeNull();
    expect(sandbox.view().pools.map(({ name }) => name)).not.toContain('p');
  });

  test('who watches an object answers what is told beside it, until Ctrl-C, which a replay repeats', async () => {
    const { sandbox, frames, host } = await openSandbox(new MemoryStore(), programs());
    await sandbox.run('ceph osd pool create p 8');
    await sandbox.run('rados -p p create o');
    const running = sandbox.run('rados -p p watch o');
    while (frames.at(-1)?.status.kind !== 'blocked') await host.breathe();
    const before_us = sandbox.machine.cluster.now_us();
    expect(await sandbox.aside('rados -p p notify o hello')).toBe(0);
    expect(sandbox.machine.cluster.now_us() - before_us).toBeLessThan(1_000_000);
    const printed = frames.flatMap(({ output }) => output.map(({ text }) => text)).join('');
    expect(printed).toMatch(/NOTIFY cookie \d+.*hello.*reply client\.\d+ cookie \d+ : 9 bytes/s);
    sandbox.interrupt();
    expect((await running).exitCode).toBe(130);
    const state = stateOf(sandbox.machine.cluster);
    expect((await sandbox.load(sandbox.scenario().scenario)).exitCode).toBe(130);
    expect(stateOf(sandbox.machine.cluster)).toEqual(state);
  });

  test('a line and what ran beside it are told apart again', () => {
    const text = withBeside('echo "a # b"', ['sleep 600', '^C']);
    expect(splitBeside(text)).toEqual({ line: 'echo "a # b"', beside: ['sleep 600', '^C'] });
    expect(splitBeside('ceph -s')).toEqual({ line: 'ceph -s', beside: [] });
  });
});
