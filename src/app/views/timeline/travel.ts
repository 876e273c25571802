import { travel } from '../../state/client.ts';
import { useSession } from '../../state/session-store.ts';

let wanted: number | null = null;
let going = false;

/** Travels; while one journey is under way only the last wish counts, so that dragging never queues up. */
export function travelTo(seq: number): void {
  wanted = seq;
  if (!going) void go();
}

async function go(): Promise<void> {
  going = true;
  try {
    while (wanted !== null) {
      const seq: number = wanted;
      wanted = null;
      await travel(seq);
    }
  } catch (error) {
    useSession.getState().notify({ kind: 'failed', detail: String(error) });
  } finally {
    going = false;
  }
}
