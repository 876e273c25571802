import { create } from 'zustand';
import type { Selection } from '../scene/selection.ts';

export type ThemeChoice = 'system' | 'dark' | 'light';
export type PanelId = 'images' | 'pgs' | 'osds' | 'terminal' | 'inspector' | 'lesson';
export type Dialog = 'share' | 'help' | 'palette' | 'lessons' | 'why' | 'new-cluster' | 'link' | 'health' | 'files';

export interface UiState {
  readonly theme: ThemeChoice;
  readonly highContrast: boolean;
  readonly projector: boolean;
  /** What the pointer or focus is on; lit everywhere. */
  readonly hover: Selection | null;
  /** What was clicked; lit everywhere and shown in the inspector. */
  readonly selection: Selection | null;
  /** The panel that has the whole page, or null. */
  readonly presenter: PanelId | null;
  /** The panel shown where only one fits. */
  readonly tab: PanelId;
  readonly dialog: Dialog | null;
  /** The timeline entry that the open "why" dialog explains. */
  readonly whySeq: number | null;
  /** The inspector as a drawer, where the page is too narrow for it. */
  readonly drawer: boolean;
  set(part: Partial<UiState>): void;
  hoverOn(target: Selection | null): void;
  select(target: Selection | null): void;
}

export const useUi = create<UiState>()((set) => ({
  theme: 'system',
  highContrast: false,
  projector: false,
  hover: null,
  selection: null,
  presenter: null,
  tab: 'terminal',
  dialog: null,
  whySeq: null,
  drawer: false,
  set: (part) => set(part),
  hoverOn: (hover) => set({ hover }),
  select: (selection) => set({ selection, drawer: selection !== null }),
}));
