import { describe, expect, it } from 'vitest';
import { Session } from '../../src/headless/session.ts';
import { parseTranscript } from '../../src/headless/transcript.ts';
import { compareRecording } from '../tools/conformance/compare.ts';
import { readRecording, recordingNames, withoutAnswers } from '../tools/conformance/recording.ts';
import { GATES } from '../tools/conformance/report.ts';

describe('sessions recorded from Ceph', () => {
  it('are all there', () => {
    expect(recordingNames()).toHaveLength(47);
  });

  it.each(Object.entries(GATES))('%s agrees in a share of at least %d', (name, share) => {
    const recording = readRecording(name);
    const answers = new Session(parseTranscript(JSON.stringify(withoutAnswers(recording)))).run();
    const results = compareRecording(recording, answers);
    const bad = results.filter(({ differences }) => differences.length > 0);
    const told = bad.map(({ step, differences }) => `${step.n}: ${step.run ?? step.line}: ${differences.map(({ kind, text }) => `${kind} ${text}`).join('; ')}`);
    expect(1 - bad.length / results.length, told.join('\n')).toBeGreaterThanOrEqual(share);
  });
});
