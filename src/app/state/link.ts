import type { Scenario } from '../../protocol/calls.ts';
import { loadScenario, sandbox } from './client.ts';
import { useSession } from './session-store.ts';
import { useTimeline } from './timeline-store.ts';
import { useUi } from './ui-store.ts';

/** A scenario that waits for the user's word, because it would replace what is there. */
let waiting: Scenario | null = null;

export function waitingScenario(): Scenario | null {
  return waiting;
}

/** True where the fragment carries a scenario. */
export function hasScenario(fragment: string): boolean {
  return new URLSearchParams(fragment).has('s');
}

/**
 * Opens the scenario of a shared link: at once where there is nothing to lose, else after asking. A link that
 * cannot be opened gives a notice and changes nothing.
 */
export async function openLink(fragment: string): Promise<void> {
  const result = await sandbox().checkLink(fragment);
  if (result.ok) await offer(result.scenario);
  else {
    useSession.getState().notify({ kind: 'link', error: result.error });
    forgetFragment();
  }
}

export async function offer(scenario: Scenario): Promise<void> {
  waiting = scenario;
  if (useTimeline.getState().entries.length === 0) await acceptLink();
  else useUi.getState().set({ dialog: 'link' });
}

export async function acceptLink(): Promise<void> {
  const scenario = waiting;
  closeLink();
  if (scenario === null) return;
  useUi.getState().set({ selection: null });
  await loadScenario(scenario);
}

/** Keeps the session as it is. */
export function closeLink(): void {
  waiting = null;
  useUi.getState().set({ dialog: null });
  forgetFragment();
}

/** A reload must open the session that goes on from the link, not the link again. */
function forgetFragment(): void {
  if (hasScenario(location.hash.slice(1))) history.replaceState(null, '', location.pathname + location.search);
}
