import { useState } from 'react';
import type { MapRoomView, WhyHere, WhyStep } from '../../../protocol/maps.ts';
import { useMapsText } from '../../i18n/maps-text.ts';
import { NO_OSD } from '../../scene/maps/spread.ts';
import type { TreeIndex } from '../../scene/maps/tree-index.ts';
import { treeOf } from './maps-tree.ts';
import { WhyTryRow } from './why-try.tsx';

/** The steps of the rule, each with its tries. */
export function WhySteps({ why, room }: { readonly why: WhyHere; readonly room: MapRoomView }) {
  const t = useMapsText().why;
  const index = treeOf(room.tree);
  const firstWithTries = why.steps.findIndex(({ tries }) => tries.length > 0);
  return (
    <section className="mr-steps" aria-label={t.ruleOf(why.rule)}>
      <h4>{t.ruleOf(why.rule)}</h4>
      <ol>
        {why.steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a rule may say the same step twice
          <li key={`${why.pgid}${at}`} className="mr-step">
            <Step step={step} index={index} first={at === firstWithTries} />
          </li>
        ))}
      </ol>
      <p className="mr-quiet mr-note">{t.straws}</p>
    </section>
  );
}

/** The name of an item: `osd.3`, or the bucket's. */
export function itemName(index: TreeIndex, item: number): string {
  if (item === NO_OSD) return '–';
  if (item >= 0) return `osd.${item}`;
  const row = index.rowOf.get(item);
  return row === undefined ? String(item) : (index.tree.names[row] ?? String(item));
}

/** Tries shown before all are asked for. */
const TRIES_SHOWN = 14;

interface StepProps {
  readonly step: WhyStep;
  readonly index: TreeIndex;
  readonly first: boolean;
}

function Step({ step, index, first }: StepProps) {
  const t = useMapsText().why;
  const [all, setAll] = useState(false);
  const shown = all ? step.tries : step.tries.slice(0, TRIES_SHOWN);
  const out = step.out.map((item) => itemName(index, item)).join(', ');
  if (step.tries.length === 0)
    return (
      <p className="mr-step-line">
        <code>{step.text}</code>
        {out !== '' && <span className="mr-quiet">→ {out}</span>}
      </p>
    );
  return (
    <details open>
      <summary className="mr-step-line">
        <code>{step.text}</code>
        <span className="mr-quiet">
          {t.tries(step.tries.length + step.moreTries)}
          {out === '' ? '' : ` → ${out}`}
        </span>
      </summary>
      <ol className="mr-tries">
        {shown.map((each, at) => (
          <WhyTryRow
            // biome-ignore lint/suspicious/noArrayIndexKey: tries have no other name than their rank
            key={at}
            step={each}
            index={index}
            open={first && at === 0}
          />
        ))}
      </ol>
      {shown.length < step.tries.length && (
        <button type="button" className="link mr-more-tries" onClick={() => setAll(true)}>
          {t.showTries(step.tries.length - shown.length)}
        </button>
      )}
      {step.moreTries > 0 && <p className="mr-quiet mr-note">{t.moreTries(step.moreTries)}</p>}
    </details>
  );
}
