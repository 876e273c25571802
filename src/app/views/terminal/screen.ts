import '@xterm/xterm/css/xterm.css';
import { FitAddon } from '@xterm/addon-fit';
import { type ILink, type IMarker, Terminal } from '@xterm/xterm';
import type { Messages } from '../../i18n/messages.en.ts';
import type { Block } from '../../state/terminal-store.ts';
import { positionAfter } from './columns.ts';
import { inColumns } from './completion.ts';
import { costRows } from './cost-rows.ts';
import type { EditorState } from './line-editor.ts';
import { HOST_PROMPT, PAINTED_PROMPT, paintChunk, quiet, red, underlined } from './paint.ts';
import { withConstructedSheets } from './style-sheets.ts';
import { terminalTheme } from './xterm-theme.ts';

/** What the screen is to show; it works out itself what of that is new. */
export interface ScreenContent {
  readonly blocks: readonly Block[];
  /** Another value: write everything anew. */
  readonly generation: string;
  readonly editor: EditorState;
  /** The last block is blocked: lines can be typed beside it. */
  readonly blocked: boolean;
  readonly text: Messages;
}

/** A piece of the screen that does something when it is clicked. */
interface ScreenLink {
  readonly marker: IMarker;
  readonly before: string;
  readonly label: string;
  readonly activate: () => void;
}

/** What a click on the screen asks for. */
export interface ScreenActions {
  why(seq: number): void;
  insert(command: string): void;
}

/** The xterm terminal and what has been written to it. Made when the terminal opens, disposed with it. */
export class Screen {
  readonly terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #observer: ResizeObserver;
  #generation = '';
  /** Blocks written whole, and chunks of the one being written (-1: not begun). */
  #blocks = 0;
  #chunks = -1;
  #lineOpen = false;
  /** Row of the cursor under the prompt's first row; null while no prompt is shown. */
  #promptRow: number | null = null;
  #shown: EditorState | null = null;
  readonly #actions: ScreenActions;
  #links: ScreenLink[] = [];

  constructor(host: HTMLElement, label: string, onData: (data: string) => void, actions: ScreenActions) {
    this.#actions = actions;
    this.terminal = new Terminal({
      convertEol: true,
      cursorBlink: false,
      scrollback: 10_000,
      ...terminalTheme(),
    });
    this.terminal.loadAddon(this.#fit);
    withConstructedSheets(() => this.terminal.open(host));
    this.terminal.textarea?.setAttribute('aria-label', label);
    this.terminal.onData(onData);
    this.terminal.attachCustomKeyEventHandler((event) => this.#takesKey(event));
    this.terminal.registerLinkProvider({
      provideLinks: (row, give) => give(this.#linksIn(row)),
    });
    this.#observer = new ResizeObserver(() => this.#fitNow());
    this.#observer.observe(host);
    this.#fitNow();
  }

  dispose(): void {
    this.#observer.disconnect();
    this.terminal.dispose();
  }

  retheme(): void {
    Object.assign(this.terminal.options, terminalTheme());
    this.#fitNow();
  }

  /** Where the prompt's row stands in the viewport. */
  promptBox(): DOMRect | null {
    const row = this.terminal.element?.querySelector('.xterm-cursor')?.parentElement;
    return (row ?? this.terminal.element)?.getBoundingClientRect() ?? null;
  }

  show(content: ScreenContent): void {
    if (content.generation !== this.#generation) this.#restart(content.generation);
    while (this.#blocks < content.blocks.length) {
      const block = content.blocks[this.#blocks];
      if (block === undefined) return;
      if (this.#writeBlock(block, content.text)) continue;
      if (content.blocked) break;
      this.#erasePrompt();
      return;
    }
    if (this.#promptRow === null || this.#shown !== content.editor) this.#drawPrompt(content.editor);
  }

  /** Lists completions under the prompt, which then comes again. */
  list(words: readonly string[], editor: EditorState): void {
    this.#drawPrompt({ ...editor, cursor: editor.text.length });
    this.terminal.write(`\r\n${inColumns(words, this.terminal.cols)}\r\n`);
    this.#promptRow = null;
    this.#drawPrompt(editor);
  }

  #restart(generation: string): void {
    // Written, not called: what was written before may still be on its way.
    this.terminal.write('\x1bc');
    this.#generation = generation;
    this.#blocks = 0;
    this.#chunks = -1;
    this.#lineOpen = false;
    this.#promptRow = null;
    this.#links = [];
  }

  /** Writes what is new of a block; true when it is whole. */
  #writeBlock(block: Block, text: Messages): boolean {
    if (this.#chunks < 0) {
      this.#erasePrompt();
      this.terminal.write(`${PAINTED_PROMPT}${block.line}\r\n`);
      this.#chunks = 0;
    }
    for (; this.#chunks < block.output.length; this.#chunks++) {
      const chunk = block.output[this.#chunks];
      if (chunk === undefined || chunk.text === '') continue;
      this.#erasePrompt();
      this.terminal.write(paintChunk(chunk));
      this.#lineOpen = !chunk.text.endsWith('\n');
    }
    if (!block.ended) return false;
    this.#erasePrompt();
    if (this.#lineOpen) this.terminal.write('\r\n');
    this.#writeCost(block, text);
    this.#writeMeant(block, text);
    this.#lineOpen = false;
    this.#blocks += 1;
    this.#chunks = -1;
    return true;
  }

  #writeCost(block: Block, text: Messages): void {
    const { entry } = block;
    if (entry === null) return;
    const exit = entry.exitCode === 0 ? '' : text.cost.exit(entry.exitCode);
    const parts = [exit, ...text.cost.parts(entry.cost)].filter((part) => part !== '');
    if (parts.length === 0) return;
    const label = `${text.terminal.why} ▸`;
    const rows = costRows(parts, label, this.terminal.cols);
    const painted = rows.map((row, index) =>
      index === 0 && exit !== '' ? `  ${red(exit)}${quiet(row.slice(2 + exit.length))}` : quiet(row),
    );
    this.terminal.write(
      painted
        .slice(0, -1)
        .map((row) => `${row}\r\n`)
        .join(''),
    );
    const why = { before: rows.at(-1) ?? '', label, activate: () => this.#actions.why(entry.seq) };
    this.#writeLink(painted.at(-1) ?? '', why);
  }

  /** A failed line as it may have been meant: a click puts it into the prompt. */
  #writeMeant({ entry }: Block, text: Messages): void {
    const meant = entry?.meant;
    if (meant === undefined) return;
    const before = `  ${text.terminal.meant} `;
    this.#writeLink(quiet(before), { before, label: meant, activate: () => this.#actions.insert(meant) });
  }

  /** Writes a row that ends with a link. */
  #writeLink(painted: string, link: Omit<ScreenLink, 'marker'>): void {
    // The marker stands where the cursor is by then.
    this.terminal.write('', () => this.#links.push({ ...link, marker: this.terminal.registerMarker(0) }));
    this.terminal.write(`${painted}${underlined(link.label)}\r\n`);
  }

  #linksIn(row: number): ILink[] {
    return this.#links.flatMap(({ marker, before, label, activate }) => {
      const first = marker.line + 1;
      const start = positionAfter(before, this.terminal.cols);
      const end = positionAfter(before + label, this.terminal.cols);
      if (row < first || row > first + end.row) return [];
      const range = {
        start: { x: start.column + 1, y: first + start.row },
        end: { x: end.column, y: first + end.row },
      };
      return [{ range, text: label, activate }];
    });
  }

  #erasePrompt(): void {
    if (this.#promptRow === null) return;
    this.terminal.write(`\r${this.#promptRow > 0 ? `\x1b[${this.#promptRow}A` : ''}\x1b[J`);
    this.#promptRow = null;
  }

  #drawPrompt(editor: EditorState): void {
    this.#erasePrompt();
    if (this.#lineOpen) this.terminal.write('\r\n');
    this.#lineOpen = false;
    const { cols } = this.terminal;
    const plain = editor.search === null ? HOST_PROMPT : `(reverse-i-search)\`${editor.search.query}': `;
    const end = positionAfter(plain + editor.text, cols);
    const cursor = positionAfter(plain + editor.text.slice(0, editor.cursor), cols);
    const wrap = end.column === 0 && end.row > 0 ? '\r\n' : '';
    const up = end.row > cursor.row ? `\x1b[${end.row - cursor.row}A` : '';
    const right = cursor.column > 0 ? `\x1b[${cursor.column}C` : '';
    const painted = editor.search === null ? PAINTED_PROMPT : plain;
    this.terminal.write(`${painted}${editor.text}${wrap}${up}\r${right}`);
    this.#promptRow = cursor.row;
    this.#shown = editor;
  }

  #fitNow(): void {
    this.#fit.fit();
    if (this.#promptRow === null || this.#shown === null) return;
    // xterm has wrapped the prompt anew; the cursor stands in another row of it.
    const before = HOST_PROMPT + this.#shown.text.slice(0, this.#shown.cursor);
    this.#promptRow = positionAfter(before, this.terminal.cols).row;
  }

  /** False for keys that belong to the page: leaving backwards, the palette on a Mac, copying a selection. */
  #takesKey(event: KeyboardEvent): boolean {
    if (event.key === 'Tab' && event.shiftKey) return false;
    if (event.metaKey) return false;
    if (event.ctrlKey && event.key === 'c' && this.terminal.hasSelection()) {
      if (event.type === 'keydown') void navigator.clipboard?.writeText(this.terminal.getSelection());
      this.terminal.clearSelection();
      event.preventDefault();
      return false;
    }
    return true;
  }
}
