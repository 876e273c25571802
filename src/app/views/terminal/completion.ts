import type { Completion } from '../../../protocol/calls.ts';
import { type EditorState, withText } from './line-editor.ts';

export interface Completed {
  readonly state: EditorState;
  /** True where several candidates are left: another Tab lists them. */
  readonly ambiguous: boolean;
}

/** Goes as far as all candidates agree, as bash does; a single one is finished with a blank. */
export function applyCompletion(state: EditorState, completion: Completion): Completed {
  const texts = completion.candidates.map((candidate) => candidate.text);
  const word = state.text.slice(completion.from, state.cursor);
  const common = commonStart(texts);
  const [only] = texts;
  if (texts.length === 1 && only !== undefined)
    return { state: put(state, completion.from, finished(only)), ambiguous: false };
  if (common.length > word.length && common.startsWith(word))
    return { state: put(state, completion.from, common), ambiguous: true };
  return { state, ambiguous: texts.length > 1 };
}

/** Takes one candidate that was picked from the list. */
export function pickCandidate(state: EditorState, from: number, candidate: string): EditorState {
  return put(state, from, finished(candidate));
}

/** A word that goes on (a path, `pool/`, `image@`, `--option=`) gets no blank behind it. */
function finished(word: string): string {
  return /[/@=]$/.test(word) ? word : `${word} `;
}

function put(state: EditorState, from: number, word: string): EditorState {
  const rest = state.text.slice(state.cursor);
  const trimmed = word.endsWith(' ') && rest.startsWith(' ') ? word.slice(0, -1) : word;
  return {
    ...withText(state, state.text.slice(0, from) + trimmed + rest, from + trimmed.length),
    tabbed: state.tabbed,
  };
}

function commonStart(texts: readonly string[]): string {
  let common = texts[0] ?? '';
  for (const text of texts) while (!text.startsWith(common)) common = common.slice(0, -1);
  return common;
}

/** The candidates in columns, the way `ls` lays them out. */
export function inColumns(words: readonly string[], columns: number): string {
  const width = Math.max(...words.map((word) => word.length)) + 2;
  const perRow = Math.max(1, Math.floor(columns / width));
  const rows = Math.ceil(words.length / perRow);
  const line = (row: number): string =>
    words
      .filter((_, index) => index % rows === row)
      .map((word) => word.padEnd(width))
      .join('')
      .trimEnd();
  return Array.from({ length: rows }, (_, row) => line(row)).join('\r\n');
}
