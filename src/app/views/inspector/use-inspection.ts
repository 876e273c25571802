import { useEffect, useState } from 'react';
import type { Inspection, InspectTarget } from '../../../protocol/calls.ts';
import type { Selection } from '../../scene/selection.ts';
import { sandbox } from '../../state/client.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { useSession } from '../../state/session-store.ts';
import { useTimeline } from '../../state/timeline-store.ts';

export type InspectionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'shown'; readonly inspection: Inspection };

/** What is selected, read again whenever the state that is shown has changed. */
export function useInspection(selection: Selection | null): InspectionState {
  const [state, setState] = useState<InspectionState>({ kind: 'loading' });
  const open = useSession((session) => session.phase === 'open');
  const at = useTimeline((timeline) => timeline.at);
  const newest = useTimeline((timeline) => timeline.entries.at(-1));
  const running = useCluster((cluster) => cluster.status.kind === 'running');
  // biome-ignore lint/correctness/useExhaustiveDependencies: at, newest and running stand for the state that is shown
  useEffect(() => {
    if (selection === null || !open) return;
    let current = true;
    sandbox()
      .inspect(targetOf(selection))
      .then((inspection) => {
        if (current) setState(inspection === null ? { kind: 'gone' } : { kind: 'shown', inspection });
      })
      .catch((error: unknown) => {
        useSession.getState().notify({ kind: 'failed', detail: String(error) });
      });
    return () => {
      current = false;
    };
  }, [selection, open, at, newest, running]);
  return state;
}

function targetOf(selection: Selection): InspectTarget {
  if (selection.kind !== 'object') return selection;
  const { kind, pool, nspace, oid, snap } = selection;
  return { kind, pool, nspace, oid, snap };
}
