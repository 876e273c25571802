import { create } from 'zustand';
import type { LinkError } from '../../protocol/calls.ts';
import type { StorageStatus } from '../../protocol/view.ts';

export type Notice =
  | { readonly kind: 'link'; readonly error: LinkError }
  /** Commands at the end of the stored session that could not be read. */
  | { readonly kind: 'lost'; readonly commands: number }
  | { readonly kind: 'file-added'; readonly name: string }
  | { readonly kind: 'file-refused'; readonly name: string; readonly reason: string }
  | { readonly kind: 'failed'; readonly detail: string };

export interface SessionState {
  /** 'opening' until the worker has answered. */
  readonly phase: 'opening' | 'open' | 'failed';
  readonly storage: StorageStatus;
  /** The storage banner was closed by the user; it comes back when the status changes. */
  readonly storageSeen: boolean;
  readonly notices: readonly Notice[];
  /** Pace of the engine as the user chose it. */
  readonly paused: boolean;
  readonly speed: number;
  setStorage(storage: StorageStatus): void;
  notify(notice: Notice): void;
  dismiss(notice: Notice): void;
  set(part: Partial<SessionState>): void;
}

export const useSession = create<SessionState>()((set) => ({
  phase: 'opening',
  storage: { kind: 'stored' },
  storageSeen: false,
  notices: [],
  paused: false,
  speed: 1,
  setStorage: (storage) =>
    set((state) => (state.storage.kind === storage.kind ? { storage } : { storage, storageSeen: false })),
  notify: (notice) => set((state) => ({ notices: [...state.notices, notice].slice(-4) })),
  dismiss: (notice) => set((state) => ({ notices: state.notices.filter((other) => other !== notice) })),
  set: (part) => set(part),
}));
