import { useEffect, useState } from 'react';
import type { Inspection, InspectTarget } from '../../../protocol/calls.ts';
import type { Frame } from '../../../protocol/view.ts';
import type { Selection } from '../../scene/selection.ts';
import { onFrame, sandbox } from '../../state/client.ts';
import { useSession } from '../../state/session-store.ts';

export type InspectionState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'shown'; readonly inspection: Inspection };

/** What is selected, read again whenever the state that is shown has changed: also in the middle of a command. */
export function useInspection(selection: Selection | null): InspectionState {
  const [state, setState] = useState<InspectionState>({ kind: 'loading' });
  const open = useSession((session) => session.phase === 'open');
  useEffect(() => {
    if (selection === null || !open) return;
    return readAgainAndAgain(targetOf(selection), (inspection) =>
      setState(inspection === null ? { kind: 'gone' } : { kind: 'shown', inspection }),
    );
  }, [selection, open]);
  return state;
}

/** While a command runs frames come at the pace of the screen: often enough to follow, not to read each time. */
const REST_MS = 200;

/** Reads at once, and again after frames that may have changed it; one reading at a time. Gives the function that ends it. */
function readAgainAndAgain(target: InspectTarget, show: (inspection: Inspection | null) => void): () => void {
  let ended = false;
  let busy = false;
  let stale = false;
  const read = async (): Promise<void> => {
    busy = true;
    stale = false;
    try {
      const inspection = await sandbox().inspect(target);
      if (!ended) show(inspection);
    } catch (error) {
      useSession.getState().notify({ kind: 'failed', detail: String(error) });
    }
    setTimeout(next, REST_MS);
  };
  const next = (): void => {
    busy = false;
    if (stale && !ended) void read();
  };
  const stop = onFrame((frame) => {
    stale ||= changesState(frame);
    if (!busy) next();
  });
  void read();
  return () => {
    ended = true;
    stop();
  };
}

function changesState(frame: Frame): boolean {
  return (
    frame.timeline !== null || frame.events.length > 0 || frame.droppedEvents > 0 || Object.keys(frame.view).length > 0
  );
}

function targetOf(selection: Selection): InspectTarget {
  if (selection.kind !== 'object') return selection;
  const { kind, pool, nspace, oid, snap } = selection;
  return { kind, pool, nspace, oid, snap };
}
