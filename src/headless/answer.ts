import { Session } from './session.ts';
import { parseTranscript } from './transcript.ts';
import { writeFully } from './write-fully.ts';

/**
 * `radoscope answer`: runs the steps of a recorded session and writes the answers. A crash of a command is that
 * step's answer (exit 70), and the session goes on.
 */
export function answer(json: string): number {
  const session = new Session(parseTranscript(json));
  writeFully(1, Buffer.from(JSON.stringify({ steps: session.run() })));
  return 0;
}
