import { create } from 'zustand';
import type { Completion } from '../../../protocol/calls.ts';
import { interrupt, runLines, sandbox } from '../../state/client.ts';
import { useSession } from '../../state/session-store.ts';
import { useTerminal } from '../../state/terminal-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { applyCompletion, pickCandidate } from './completion.ts';
import type { Key } from './keys.ts';
import { type EditorState, type Effect, newEditor, press, withHistory, withText } from './line-editor.ts';

/** The line being typed: the terminal and the plain input line are two ways into the same one. */
export interface PromptState {
  readonly editor: EditorState;
  /** Candidates that are listed, or null. `id` tells one listing from the next. */
  readonly listing: (Completion & { readonly id: number }) | null;
  /** Goes up when the prompt should take the keyboard. */
  readonly focus: number;
}

export const usePrompt = create<PromptState>()(() => ({ editor: newEditor(), listing: null, focus: 0 }));

let listings = 0;

/** Takes keys from the terminal, one after another. */
export function pressKeys(keys: readonly Key[]): void {
  for (const key of keys) {
    const { state, effect } = press(usePrompt.getState().editor, key);
    const closes = effect.kind !== 'complete' && usePrompt.getState().listing !== null;
    usePrompt.setState(closes ? { editor: state, listing: null } : { editor: state });
    act(effect);
  }
}

function act(effect: Effect): void {
  switch (effect.kind) {
    case 'run':
      void runLines([effect.line]);
      break;
    case 'complete':
      void complete(effect.list);
      break;
    case 'clear':
      useTerminal.getState().clear();
      break;
    case 'interrupt':
      void interrupt();
      break;
    case 'leave':
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      break;
    case 'none':
  }
}

/** Completes the word at the cursor; `list` shows the candidates where they differ. */
export async function complete(list: boolean): Promise<void> {
  const { editor } = usePrompt.getState();
  const completion = await sandbox().complete(editor.text, editor.cursor);
  // Keys that were pressed meanwhile count more than the answer.
  if (usePrompt.getState().editor !== editor) return;
  const { state, ambiguous } = applyCompletion(editor, completion);
  const listing = ambiguous && list ? { ...completion, id: ++listings } : null;
  usePrompt.setState({ editor: state, listing });
}

export function pick(candidate: string): void {
  const { editor, listing } = usePrompt.getState();
  if (listing !== null) usePrompt.setState({ editor: pickCandidate(editor, listing.from, candidate), listing: null });
}

/** Sets the line, e.g. from the plain input line. */
export function setLine(text: string, cursor = text.length): void {
  usePrompt.setState((state) => ({ editor: withText(state.editor, text, cursor), listing: null }));
}

/** Puts a command into the prompt and goes there. It is never run without the user's Enter. */
export function insertCommand(command: string): void {
  useUi.getState().set({ tab: 'terminal', dialog: null });
  setLine(command);
  // A dialog that closes gives the focus back to where it was; the prompt takes it after that.
  requestAnimationFrame(() => usePrompt.setState((state) => ({ focus: state.focus + 1 })));
}

/** The history that Up and Ctrl-R go through, from the lines on the screen. */
export function fillHistory(): void {
  const { blocks } = useTerminal.getState();
  const start = newEditor();
  const history = blocks.reduce((editor, block) => withHistory(editor, block.line), start).history;
  usePrompt.setState({ editor: newEditor(history), listing: null });
}

useSession.subscribe((state, before) => {
  if (state.phase === 'open' && before.phase !== 'open') fillHistory();
});
