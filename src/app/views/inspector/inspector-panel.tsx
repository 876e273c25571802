import { lazy, Suspense } from 'react';
import { useText } from '../../i18n/text.ts';
import type { Selection } from '../../scene/selection.ts';
import { useUi } from '../../state/ui-store.ts';
import { Icon } from '../page/icon.tsx';
import { PanelFrame } from '../page/panel-frame.tsx';
import './inspector.css';

/** Nothing is selected at the start. */
const Inspected = lazy(() => import('./inspected.tsx').then((module) => ({ default: module.Inspected })));

/** Whatever is selected, decoded. */
export function InspectorPanel() {
  const words = useText();
  const selection = useUi((state) => state.selection);
  return (
    <PanelFrame
      id="inspector"
      title={words.panels.inspector}
      subtitle={selection === null ? words.inspector.subtitle : <code>{nameOf(selection)}</code>}
      simplified={words.inspector.simplified}
      actions={selection === null ? null : <Unpin />}
    >
      {selection === null ? (
        <p className="empty">{words.inspector.empty}</p>
      ) : (
        <Suspense fallback={<p className="empty">{words.inspector.loading}</p>}>
          <Inspected key={keyOf(selection)} selection={selection} />
        </Suspense>
      )}
    </PanelFrame>
  );
}

function Unpin() {
  const label = useText().inspector.unpin;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => useUi.getState().select(null)}
    >
      <Icon name="close" />
    </button>
  );
}

function nameOf(selection: Selection): string {
  if (selection.kind === 'object') return selection.oid;
  return selection.kind === 'pg' ? `PG ${selection.pgid}` : `osd.${selection.id}`;
}

function keyOf(selection: Selection): string {
  if (selection.kind !== 'object') return nameOf(selection);
  return `${selection.pool}/${selection.nspace}/${selection.oid}@${selection.snap ?? 'head'}`;
}
