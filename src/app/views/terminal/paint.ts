import type { OutputChunk } from '../../../protocol/view.ts';

/** Colours of the terminal's sixteen: a palette, so that themes change it, and no colour is set per character. */
const RED = '\x1b[31m';
const GREEN = '\x1b[32m';
const QUIET = '\x1b[90m';
const PLAIN = '\x1b[0m';

export const HOST_PROMPT = 'ceph1 $ ';
export const PAINTED_PROMPT = `${GREEN}ceph1 $${PLAIN} `;

/**
 * Standard error carries progress and news as well as errors; what looks like an error is red. The colour is all
 * that this decides.
 */
const ERROR =
  /^(?:rbd|rados|ceph|bash|dd|crushtool|osdmaptool): |^Error |^ERROR|error|failed|No such|invalid|Invalid|cannot|not (?:found|permitted|supported)/m;

export function paintChunk(chunk: OutputChunk): string {
  if (chunk.stream === 'stdout' || !ERROR.test(chunk.text)) return chunk.text;
  // The colour ends before the line does, so that it never runs into what follows.
  return chunk.text.replace(/[^\r\n]+/g, (line) => `${RED}${line}${PLAIN}`);
}

export const quiet = (text: string): string => `${QUIET}${text}${PLAIN}`;
export const underlined = (text: string): string => `\x1b[90;4m${text}${PLAIN}`;
export const red = (text: string): string => `${RED}${text}${PLAIN}`;

/** What a screen shows after `text`: each carriage return starts the line again. */
export function settled(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\r').findLast((part) => part !== '') ?? '')
    .join('\n');
}
