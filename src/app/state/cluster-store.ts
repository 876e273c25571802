import { create } from 'zustand';
import type { ClusterView, RunStatus } from '../../protocol/view.ts';

export interface ClusterState {
  /** null until the first frame has come. */
  readonly view: ClusterView | null;
  readonly status: RunStatus;
  /** Takes the parts of the view that changed; parts that did not keep their identity. */
  apply(part: Partial<ClusterView>, status: RunStatus): void;
}

const EMPTY: ClusterView = {
  fsid: '',
  epoch: 0,
  now_us: 0,
  health: { status: 'HEALTH_OK', checks: [] },
  pools: [],
  pgs: [],
  osds: [],
  tree: [],
  images: [],
  devices: [],
};

export const useCluster = create<ClusterState>()((set) => ({
  view: null,
  status: { kind: 'idle' },
  apply: (part, status) => set((state) => ({ view: { ...(state.view ?? EMPTY), ...part }, status })),
}));
