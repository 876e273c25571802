import { useState } from 'react';
import type { PgView } from '../../../protocol/view.ts';
import { useTroubleText } from '../../i18n/trouble-text.ts';
import { type Recovery, recoveryOf } from '../../scene/trouble.ts';
import './trouble.css';

/** How far recovery is: a bar since the worst of it, and in figures what is left. Null where all is well. */
export function RecoveryStrip({ pgs }: { readonly pgs: readonly PgView[] }) {
  const words = useTroubleText().recovery;
  const now = recoveryOf(pgs);
  const share = useShare(now);
  const { unclean, working, waiting, blocked, degraded, misplaced, unfound } = now;
  if (unclean === 0) return null;
  const parts = [
    blocked > 0 ? words.blocked(blocked) : '',
    unfound > 0 ? words.unfound(unfound) : '',
    working > 0 ? words.working(working, unclean) : waiting + blocked === 0 ? words.unclean(unclean) : '',
    waiting > 0 ? words.waiting(waiting) : '',
    degraded > 0 ? words.degraded(degraded) : '',
    misplaced > 0 ? words.misplaced(misplaced) : '',
  ].filter((part) => part !== '');
  const text = parts.join(' · ');
  return (
    <p className="recovery" data-recovery={unclean} title={text}>
      {working + waiting > 0 && degraded + misplaced > 0 && (
        <span className="recovery-bar" aria-hidden="true">
          <span style={{ inlineSize: `${Math.max(3, Math.round(100 * share))}%` }} />
        </span>
      )}
      {text}
    </p>
  );
}

/** Copies that are left to make or move, against the most there were since all was well. */
function useShare({ unclean, degraded, misplaced }: Recovery): number {
  const [most, setMost] = useState(0);
  const left = degraded + misplaced;
  const wanted = unclean === 0 ? 0 : Math.max(most, left);
  if (wanted !== most) setMost(wanted);
  return wanted === 0 ? 0 : 1 - left / wanted;
}
