import { create } from 'zustand';
import type { TimelineView } from '../../protocol/view.ts';

export interface TimelineState extends TimelineView {
  setTimeline(view: TimelineView): void;
}

export const useTimeline = create<TimelineState>()((set) => ({
  entries: [],
  at: 0,
  setTimeline: (view) => set({ entries: view.entries, at: view.at }),
}));

export function isLive(view: TimelineView): boolean {
  return view.at === (view.entries.at(-1)?.seq ?? 0);
}
