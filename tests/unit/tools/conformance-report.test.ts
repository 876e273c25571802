import { describe, expect, it } from 'vitest';
import type { Difference } from '../../tools/conformance/compare.ts';
import { belowGate, type RecordingResult, reportPage } from '../../tools/conformance/report.ts';
import { readWorkunits } from '../../tools/conformance/workunits.ts';

function session(
  name: string,
  steps: readonly { argv: string[]; exit?: number; differences?: Difference[] }[],
): RecordingResult {
  const results = steps.map(({ argv, exit = 0, differences = [] }, index) => ({
    step: { n: index + 1, kind: 'cmd' as const, line: argv.join(' '), argv },
    answer: { n: index + 1, exit },
    differences,
  }));
  return { name, title: `About ${name}`, results, error: '' };
}

const EXIT: Difference = { kind: 'exit', text: '' };
const STDOUT: Difference = { kind: 'stdout', text: '' };

describe('the conformance page', () => {
  const good = session('rbd-snap', [{ argv: ['rbd', 'ls'] }]);
  const bad = session('rbd-trash', [
    { argv: ['rbd', 'ls'] },
    { argv: ['rbd', 'trash', 'mv', 'a'], exit: 95, differences: [EXIT] },
    { argv: ['rbd', 'trash', 'mv', 'b'], exit: 95, differences: [EXIT] },
    { argv: ['rados', '-p', 'rbd', 'ls'], differences: [STDOUT] },
    { argv: ['ceph', 'osd', 'tree'], exit: 70, differences: [EXIT, STDOUT] },
  ]);

  it('counts, and groups what does not agree by its reason', () => {
    const page = reportPage([good, bad]);
    expect(page).toContain('**2 of 6 steps agree (33.3 %).**');
    expect(page).toContain('| rbd-snap | 1 | 1 | 100.0 % | 85 % |');
    expect(page).toContain('| rbd-trash | 1 | 5 | 20.0 % |  |');
    expect(page).toContain('- not there yet (2): `rbd trash mv` × 2\n');
    expect(page).toContain('- stdout differs (1): `rados ls`\n');
    expect(page).toContain('- stopped by an error of ours (1): `ceph osd tree`\n');
    expect(page).not.toContain('### rbd-snap');
  });

  it('is the same each time', () => {
    expect(reportPage([good, bad])).toBe(reportPage([good, bad]));
  });

  it('knows what must be reached', () => {
    const story = session('story-a', [{ argv: ['rbd', 'ls'] }, { argv: ['rbd', 'ls'], differences: [STDOUT] }]);
    expect(belowGate([good, bad, story]).map(({ name }) => name)).toEqual(['story-a']);
  });

  it('tells of scripts by the share that passed, and what stopped the others', () => {
    const rbd = [
      { name: 'a.sh test_one', passed: true, commands: 9 },
      { name: 'a.sh test_two', passed: false, commands: 3, at: '+ rbd ls', said: 'rbd: no' },
    ];
    const page = reportPage([good], { rbd });
    expect(page).toContain('| a.sh | 1 | 2 |');
    expect(reportPage([good], readWorkunits())).toContain('| cli_generic.sh |');
    expect(page).toContain('- a.sh test_two: after 3 commands, at `rbd ls`: `rbd: no`');
  });
});
