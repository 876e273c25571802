import type { PanelId } from '../../state/ui-store.ts';
import { InspectorPanel } from '../inspector/inspector-panel.tsx';
import { LessonPanel } from '../lesson/lesson-panel.tsx';
import { TerminalPanel } from '../terminal/terminal-panel.tsx';
import { isStage, StagePanel } from './stage-panels.tsx';

export function PanelById({ id }: { readonly id: PanelId }) {
  if (isStage(id)) return <StagePanel id={id} />;
  if (id === 'inspector') return <InspectorPanel />;
  return id === 'lesson' ? <LessonPanel /> : <TerminalPanel />;
}
