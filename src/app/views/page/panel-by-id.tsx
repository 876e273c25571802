import { lazy, Suspense } from 'react';
import type { PanelId } from '../../state/ui-store.ts';
import { InspectorPanel } from '../inspector/inspector-panel.tsx';
import { TerminalPanel } from '../terminal/terminal-panel.tsx';
import { isStage, StagePanel } from './stage-panels.tsx';

/** Comes with the first lesson. */
const LessonPanel = lazy(() =>
  import('../lesson/lesson-panel.tsx').then((module) => ({ default: module.LessonPanel })),
);

export function PanelById({ id }: { readonly id: PanelId }) {
  if (isStage(id)) return <StagePanel id={id} />;
  if (id === 'inspector') return <InspectorPanel />;
  if (id !== 'lesson') return <TerminalPanel />;
  return (
    <Suspense fallback={null}>
      <LessonPanel />
    </Suspense>
  );
}
