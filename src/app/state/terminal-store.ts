import { create } from 'zustand';
import type { TimedEvent } from '../../engine/base/events.ts';
import type { ScrollbackEntry } from '../../protocol/calls.ts';
import type { OutputChunk, TimelineEntry } from '../../protocol/view.ts';

/** A line that ran or runs, with what it printed. */
export interface Block {
  readonly id: number;
  readonly line: string;
  readonly output: readonly OutputChunk[];
  /** Set when it has ended. */
  readonly entry: TimelineEntry | null;
  readonly ended: boolean;
  readonly events: readonly TimedEvent[];
  /** False for one that ran before the page was opened: its events are not kept. */
  readonly eventsKept: boolean;
  readonly droppedEvents: number;
}

export interface TerminalState {
  readonly blocks: readonly Block[];
  /** Goes up when blocks were replaced rather than added to: the screen is written anew. */
  readonly generation: number;
  /** Lines that wait until the one before them has ended. */
  readonly queue: readonly string[];
  begin(line: string): void;
  output(chunks: readonly OutputChunk[], events: readonly TimedEvent[], dropped: number): void;
  end(entry: TimelineEntry | null): void;
  reset(entries: readonly ScrollbackEntry[]): void;
  /** Drops what ran after entry `seq`. */
  dropAfter(seq: number): void;
  /** Empties the screen, as Ctrl-L does. */
  clear(): void;
  setQueue(queue: readonly string[]): void;
}

/** Blocks and events kept; older ones leave the screen but stay in the timeline. */
const BLOCKS_KEPT = 2000;
const EVENTS_KEPT = 2000;

let nextId = 1;

export const useTerminal = create<TerminalState>()((set) => ({
  blocks: [],
  generation: 0,
  queue: [],
  begin: (line) => set((state) => ({ blocks: [...state.blocks.slice(-BLOCKS_KEPT), newBlock(line)] })),
  output: (chunks, events, dropped) =>
    set((state) => ({ blocks: changeLast(state.blocks, (block) => withOutput(block, chunks, events, dropped)) })),
  end: (entry) => set((state) => ({ blocks: changeLast(state.blocks, (block) => ({ ...block, entry, ended: true })) })),
  reset: (entries) => set((state) => ({ blocks: entries.map(storedBlock), generation: state.generation + 1 })),
  dropAfter: (seq) =>
    set((state) => ({
      blocks: state.blocks.filter(({ entry }) => entry !== null && entry.seq <= seq),
      generation: state.generation + 1,
    })),
  clear: () => set((state) => ({ blocks: [], generation: state.generation + 1 })),
  setQueue: (queue) => set({ queue }),
}));

function newBlock(line: string): Block {
  return { id: nextId++, line, output: [], entry: null, ended: false, events: [], eventsKept: true, droppedEvents: 0 };
}

function storedBlock(stored: ScrollbackEntry): Block {
  return { ...newBlock(stored.entry.line), output: stored.output, entry: stored.entry, ended: true, eventsKept: false };
}

function changeLast(blocks: readonly Block[], change: (block: Block) => Block): readonly Block[] {
  const last = blocks.at(-1);
  return last === undefined ? blocks : [...blocks.slice(0, -1), change(last)];
}

function withOutput(
  block: Block,
  chunks: readonly OutputChunk[],
  events: readonly TimedEvent[],
  dropped: number,
): Block {
  const room = Math.max(0, EVENTS_KEPT - block.events.length);
  return {
    ...block,
    output: [...block.output, ...chunks],
    events: [...block.events, ...events.slice(0, room)],
    droppedEvents: block.droppedEvents + dropped + Math.max(0, events.length - room),
  };
}
