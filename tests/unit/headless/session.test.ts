import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesOfSpec, sizeOf } from '../../../src/headless/data-spec.ts';
import { Session } from '../../../src/headless/session.ts';
import { parseTranscript } from '../../../src/headless/transcript.ts';
import { readRecording, recordingNames } from '../../tools/conformance/recording.ts';

const CLUSTER = {
  fsid: '4a1e7ab0-5eed-4cef-8000-0000000c0ffe',
  osds: 9,
  osds_per_host: 3,
  crush_weight: 0.01999,
  weights: {},
  device_bytes: 2 ** 31,
  epoch: 60,
};

function answers(steps: readonly object[]): ReturnType<Session['run']> {
  const numbered = steps.map((step, index) => ({
    n: index + 1,
    line: '',
    kind: 'argv' in step ? 'cmd' : 'action',
    at: 1_795_347_682 + index,
    ...step,
  }));
  return new Session(
    parseTranscript(JSON.stringify({ name: 't', cluster: CLUSTER, ids: [{ id: 'abc123' }], steps: numbered })),
  ).run();
}

describe('data of recorded sessions', () => {
  const specs = recordingNames().flatMap((name) =>
    readRecording(name).steps.flatMap((step) =>
      'spec' in step && 'sha256' in step ? [[String(step.spec), String(step.sha256)] as const] : [],
    ),
  );

  it('is made byte for byte', () => {
    expect(specs.length).toBeGreaterThan(20);
    for (const [spec, sha256] of specs)
      expect(createHash('sha256').update(bytesOfSpec(spec)).digest('hex'), spec).toBe(sha256);
  });

  it('has bounds', () => {
    expect(sizeOf('4M')).toBe(4_194_304);
    expect(() => sizeOf('2G')).toThrow('bad size');
    expect(() => bytesOfSpec('nonsense 5')).toThrow('unknown kind');
  });
});

describe('radoscope answer', () => {
  it('answers step by step, with files, standard input, redirection and environment', () => {
    const got = answers([
      { action: 'file', name: 'f', spec: 'text "hello\\n"' },
      { argv: ['cat', 'f', 'a b; echo'] },
      { argv: ['cat'], stdin: 'in\n', redirect: 'out' },
      { argv: ['nosuch'] },
      { action: 'env', name: 'X', value: 'y' },
      { argv: ['cat', 'out'] },
      { argv: ['head', '-c', '4', '/dev/urandom'] },
    ]);
    expect(got.map(({ exit }) => exit)).toEqual([1, 0, 127, 0, 0]);
    expect(got[0]).toMatchObject({ n: 2, stdout: 'hello\n', stderr: 'cat: a b; echo: No such file or directory\n' });
    const sha256 = createHash('sha256').update('in\n').digest('hex');
    expect(got[1]).toMatchObject({ n: 3, stdout: '', files: { out: { size: 3, sha256 } } });
    expect(got[3]).toMatchObject({ stdout: 'in\n', files: {} });
    expect(got[4]).toMatchObject({ stdout: '', stdout_size: 4 });
  });

  it('uses the ids given, and the time of each step', () => {
    const got = answers([
      { argv: ['ceph', 'osd', 'pool', 'create', 'rbd', '8'] },
      { argv: ['rbd', 'create', '--size', '1M', 'a'] },
      { argv: ['rbd', 'info', 'a'] },
      { action: 'write', image: 'rbd/a', offset: 0, length: 100, data: 'pattern 100 1' },
      { argv: ['rados', '-p', 'rbd', 'ls'] },
      { argv: ['date', '+%s'], at: 1_800_000_000 },
    ]);
    expect(got[2]?.stdout).toContain('id: abc123');
    expect(got[3]?.stdout).toContain('rbd_data.abc123.0000000000000000\n');
    expect(got[4]?.stdout).toBe('1800000000\n');
  });

  it('passes over an action that is not there, and refuses what is no session', () => {
    expect(answers([{ action: 'dance' }, { argv: ['true'] }]).map(({ exit }) => exit)).toEqual([0]);
    expect(() => parseTranscript('{"name":"x"}')).toThrow('not a recorded session: cluster');
    expect(() => parseTranscript('nonsense')).toThrow(SyntaxError);
  });
});
