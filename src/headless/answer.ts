import { writeSync } from 'node:fs';
import { Session } from './session.ts';
import { parseTranscript } from './transcript.ts';

/**
 * `radoscope answer`: runs the steps of a recorded session and writes the answers. A crash of a command is that
 * step's answer (exit 70), and the session goes on.
 */
export function answer(json: string): number {
  const session = new Session(parseTranscript(json));
  const steps = session.run();
  const text = Buffer.from(JSON.stringify({ steps }));
  for (let at = 0; at < text.length; ) at += writeSome(text.subarray(at));
  return 0;
}

function writeSome(bytes: Buffer): number {
  try {
    return writeSync(1, bytes);
  } catch (error) {
    // A full pipe whose reader is slow: try again.
    if (error instanceof Error && 'code' in error && error.code === 'EAGAIN') return 0;
    throw error;
  }
}
