import { useEffect, useRef, useState } from 'react';
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
  const view = useSettled(useCluster((cluster) => cluster.view));
  // biome-ignore lint/correctness/useExhaustiveDependencies: at, newest and the view stand for the state that is shown
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
  }, [selection, open, at, newest, view]);
  return state;
}

/** While a command runs the view changes with every frame: often enough to follow, not to read each time. */
const SETTLED_MS = 250;

/** A value as it was at most so long ago. */
function useSettled<T>(value: T): T {
  const [settled, settle] = useState(value);
  const waits = useRef<ReturnType<typeof setTimeout> | null>(null);
  const newest = useRef(value);
  newest.current = value;
  useEffect(() => {
    if (value === settled || waits.current !== null) return;
    waits.current = setTimeout(() => {
      waits.current = null;
      settle(newest.current);
    }, SETTLED_MS);
  }, [value, settled]);
  useEffect(() => () => clearTimeout(waits.current ?? undefined), []);
  return settled;
}

function targetOf(selection: Selection): InspectTarget {
  if (selection.kind !== 'object') return selection;
  const { kind, pool, nspace, oid, snap } = selection;
  return { kind, pool, nspace, oid, snap };
}
