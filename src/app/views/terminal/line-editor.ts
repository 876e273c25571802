import type { Key, KeyName } from './keys.ts';

/** The line being typed. A value: each key gives a new one. Positions count UTF-16 units, never inside a character. */
export interface EditorState {
  readonly text: string;
  readonly cursor: number;
  /** Earlier lines, the oldest first. */
  readonly history: readonly string[];
  /** Which of them is shown; `history.length` is the new line. */
  readonly at: number;
  /** The new line, while an earlier one is shown. */
  readonly draft: string;
  /** What Ctrl-K, U or W took away last; Ctrl-Y brings it back. */
  readonly killed: string;
  /** Search backwards, as Ctrl-R does; null when not searching. */
  readonly search: { readonly query: string; readonly hit: number } | null;
  /** The last key was Tab: another one lists. */
  readonly tabbed: boolean;
}

export type Effect =
  | { readonly kind: 'none' }
  | { readonly kind: 'run'; readonly line: string }
  | { readonly kind: 'complete'; readonly list: boolean }
  | { readonly kind: 'clear' }
  | { readonly kind: 'interrupt' }
  | { readonly kind: 'leave' };

export interface Pressed {
  readonly state: EditorState;
  readonly effect: Effect;
}

const NONE: Effect = { kind: 'none' };

export function newEditor(history: readonly string[] = []): EditorState {
  return { text: '', cursor: 0, history, at: history.length, draft: '', killed: '', search: null, tabbed: false };
}

/** Replaces the whole line, e.g. by a command that was clicked. */
export function withText(state: EditorState, text: string, cursor = text.length): EditorState {
  return { ...state, text, cursor, search: null, tabbed: false };
}

/** Remembers a line that ran; the same line twice in a row is kept once. */
export function withHistory(state: EditorState, line: string): EditorState {
  const history = line.trim() === '' || state.history.at(-1) === line ? state.history : [...state.history, line];
  return { ...newEditor(history), killed: state.killed };
}

export function press(state: EditorState, key: Key): Pressed {
  if (state.search !== null) return pressInSearch(state, state.search, key);
  if (typeof key !== 'string') return edited(insertAt(state, key.text));
  const keyed: EditorState = key === 'tab' ? state : { ...state, tabbed: false };
  return EFFECTS[key]?.(keyed) ?? edited(EDITS[key]?.(keyed) ?? keyed);
}

function edited(state: EditorState): Pressed {
  return { state, effect: NONE };
}

const EFFECTS: Partial<Record<KeyName, (state: EditorState) => Pressed>> = {
  enter: (state) => ({ state: withHistory(state, state.text), effect: { kind: 'run', line: state.text } }),
  tab: (state) => ({ state: { ...state, tabbed: true }, effect: { kind: 'complete', list: state.tabbed } }),
  clear: (state) => ({ state, effect: { kind: 'clear' } }),
  interrupt: (state) => ({
    state: { ...newEditor(state.history), killed: state.killed },
    effect: { kind: 'interrupt' },
  }),
  // At an empty prompt Ctrl-D would end the session in bash; here there is nothing to end.
  eof: (state) => edited(state.text === '' ? state : cut(state, state.cursor, nextAt(state), false)),
  escape: (state) => ({ state, effect: { kind: 'leave' } }),
  search: (state) => edited({ ...state, draft: state.text, search: { query: '', hit: state.history.length } }),
};

const EDITS: Partial<Record<KeyName, (state: EditorState) => EditorState>> = {
  backspace: (state) => cut(state, previousAt(state), state.cursor, false),
  delete: (state) => cut(state, state.cursor, nextAt(state), false),
  left: (state) => ({ ...state, cursor: previousAt(state) }),
  right: (state) => ({ ...state, cursor: nextAt(state) }),
  home: (state) => ({ ...state, cursor: 0 }),
  end: (state) => ({ ...state, cursor: state.text.length }),
  'word-left': (state) => ({ ...state, cursor: wordStart(state) }),
  'word-right': (state) => ({ ...state, cursor: wordEnd(state) }),
  'kill-start': (state) => cut(state, 0, state.cursor, true),
  'kill-end': (state) => cut(state, state.cursor, state.text.length, true),
  'kill-word': (state) => cut(state, blankStart(state), state.cursor, true),
  'kill-word-right': (state) => cut(state, state.cursor, wordEnd(state), true),
  yank: (state) => insertAt(state, state.killed),
  swap: swapBefore,
  up: (state) => recall(state, state.at - 1),
  down: (state) => recall(state, state.at + 1),
};

function insertAt(state: EditorState, text: string): EditorState {
  const { cursor } = state;
  return {
    ...state,
    text: state.text.slice(0, cursor) + text + state.text.slice(cursor),
    cursor: cursor + text.length,
    tabbed: false,
  };
}

function cut(state: EditorState, from: number, to: number, keep: boolean): EditorState {
  const taken = state.text.slice(from, to);
  return {
    ...state,
    text: state.text.slice(0, from) + state.text.slice(to),
    cursor: from,
    killed: keep && taken !== '' ? taken : state.killed,
  };
}

/** Where the character before the cursor begins: a pair of surrogates is one character. */
function previousAt({ text, cursor }: EditorState): number {
  const last = [...text.slice(0, cursor)].at(-1) ?? '';
  return cursor - last.length;
}

function nextAt({ text, cursor }: EditorState): number {
  const first = [...text.slice(cursor)][0] ?? '';
  return cursor + first.length;
}

function wordStart({ text, cursor }: EditorState): number {
  return /[\p{L}\p{N}]*[^\p{L}\p{N}]*$/u.exec(text.slice(0, cursor))?.index ?? 0;
}

function wordEnd({ text, cursor }: EditorState): number {
  return cursor + (/^[^\p{L}\p{N}]*[\p{L}\p{N}]*/u.exec(text.slice(cursor))?.[0].length ?? 0);
}

/** Ctrl-W goes back to a blank, over everything else. */
function blankStart({ text, cursor }: EditorState): number {
  return /\S*\s*$/.exec(text.slice(0, cursor))?.index ?? 0;
}

function swapBefore(state: EditorState): EditorState {
  const at = state.cursor === state.text.length ? previousAt(state) : state.cursor;
  const before = previousAt({ ...state, cursor: at });
  const after = nextAt({ ...state, cursor: at });
  if (before === at || after === at) return state;
  const { text } = state;
  return {
    ...state,
    text: text.slice(0, before) + text.slice(at, after) + text.slice(before, at) + text.slice(after),
    cursor: after,
  };
}

function recall(state: EditorState, at: number): EditorState {
  if (at < 0 || at > state.history.length) return state;
  const draft = state.at === state.history.length ? state.text : state.draft;
  const text = state.history[at] ?? draft;
  return { ...state, at, draft, text, cursor: text.length };
}

type Search = NonNullable<EditorState['search']>;

function pressInSearch(state: EditorState, search: Search, key: Key): Pressed {
  if (typeof key !== 'string') return edited(find(state, search.query + key.text, state.history.length - 1));
  if (key === 'search') return edited(find(state, search.query, search.hit - 1));
  if (key === 'backspace') return edited(find(state, search.query.slice(0, -1), state.history.length - 1));
  const found: EditorState = { ...state, search: null };
  if (key === 'interrupt' || key === 'escape') return edited(withText(found, state.draft));
  return press(found, key);
}

/** Looks for `query` from line `from` back; where there is none, the last hit stays. */
function find(state: EditorState, query: string, from: number): EditorState {
  if (query === '') return { ...withText(state, state.draft), search: { query, hit: state.history.length } };
  for (let hit = from; hit >= 0; hit--) {
    const text = state.history[hit] ?? '';
    const at = text.lastIndexOf(query);
    if (at >= 0) return { ...state, text, cursor: at, at: hit, search: { query, hit } };
  }
  return { ...state, search: { query, hit: state.search?.hit ?? state.history.length } };
}
