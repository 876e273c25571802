import type { KeyboardEvent } from 'react';
import { useText } from '../../i18n/text.ts';
import { useLesson } from '../../state/lesson-store.ts';
import { type PanelId, useUi } from '../../state/ui-store.ts';
import { PanelById } from './panel-by-id.tsx';

const TABS: readonly PanelId[] = ['images', 'pgs', 'osds', 'terminal', 'inspector'];

/** One panel at a time, for narrow pages. */
export function Tabs() {
  const words = useText();
  const withLesson = useLesson((state) => state.lesson !== null);
  const wanted = useUi((state) => state.tab);
  const tabs: readonly PanelId[] = withLesson ? [...TABS, 'lesson'] : TABS;
  const tab = tabs.includes(wanted) ? wanted : 'terminal';
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length] ?? tab;
    useUi.getState().set({ tab: next });
    document.getElementById(`tab-${next}`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={words.page.panels} onKeyDown={move}>
        {tabs.map((id) => (
          <button
            type="button"
            key={id}
            id={`tab-${id}`}
            role="tab"
            aria-selected={id === tab}
            aria-controls="tab-panel"
            tabIndex={id === tab ? 0 : -1}
            onClick={() => useUi.getState().set({ tab: id })}
          >
            {id === 'pgs' ? words.panels.pgsShort : words.panels[id]}
          </button>
        ))}
      </div>
      <div className="tab-panel" id="tab-panel" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        <PanelById id={tab} />
      </div>
    </>
  );
}
