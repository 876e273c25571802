import { spawnSync } from 'node:child_process';
import { type Answer, compareRecording } from './compare.ts';
import { readRecording, recordingNames, withoutAnswers } from './recording.ts';
import type { RecordingResult } from './report.ts';

export { agreeing, belowGate, GATES, reportPage } from './report.ts';
export { recordingNames };

const LONGEST_MS = 600_000;
const MOST_OUTPUT = 2 ** 29;

/** Runs a session on the command line tool `program`, and compares its answers. */
export function runRecording(name: string, program: string): RecordingResult {
  const recording = readRecording(name);
  const input = JSON.stringify(withoutAnswers(recording));
  const options = { input, maxBuffer: MOST_OUTPUT, encoding: 'utf8', timeout: LONGEST_MS } as const;
  const { stdout, stderr, error } = spawnSync(process.execPath, [program, 'answer'], options);
  let answers: readonly Answer[] = [];
  let problem = '';
  try {
    answers = JSON.parse(stdout).steps;
  } catch {
    problem = (stderr || String(error ?? 'no output')).split('\n')[0] ?? '';
  }
  return { name, title: recording.title, results: compareRecording(recording, answers), error: problem };
}
