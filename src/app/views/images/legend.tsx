import { memo } from 'react';
import { useText } from '../../i18n/text.ts';
import type { CellKind } from '../../scene/marks.ts';
import { Cell } from './cell.tsx';

const SHOWN: readonly CellKind[] = ['own', 'parent', 'copiedUp', 'shared', 'kept', 'zero', 'hole'];
const SIZE = 14;

/** What each kind of cell looks like, and means. */
export const Legend = memo(function Legend() {
  const t = useText().stage.images;
  return (
    <ul className="st-legend">
      {SHOWN.map((kind) => (
        <li key={kind} title={t.kinds[kind]}>
          <svg width={SIZE} height={SIZE} aria-hidden="true">
            <Cell kind={kind} x={0} y={0} width={SIZE} height={SIZE} label={null} />
          </svg>
          {t.legend[kind]}
        </li>
      ))}
    </ul>
  );
});
