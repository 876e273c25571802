import { lazy, Suspense } from 'react';
import { useText } from '../../i18n/text.ts';
import { useLesson } from '../../state/lesson-store.ts';
import { useSession } from '../../state/session-store.ts';
import { useTerminal } from '../../state/terminal-store.ts';
import { isLive, useTimeline } from '../../state/timeline-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { LessonStrip } from '../lesson/lesson-strip.tsx';
import { CommandChip } from '../page/command-chip.tsx';
import { PanelFrame } from '../page/panel-frame.tsx';
import { usePageLayout } from '../page/use-page-layout.ts';
import './terminal.css';
import { OutputLog } from './output-log.tsx';
import { PlainLine } from './plain-line.tsx';

const XtermView = lazy(() => import('./xterm-view.tsx').then((module) => ({ default: module.XtermView })));

export function TerminalPanel() {
  const words = useText();
  const narrow = usePageLayout() === 'narrow';
  return (
    <PanelFrame
      id="terminal"
      title={words.panels.terminal}
      subtitle={words.terminal.subtitle}
      simplified={words.terminal.simplified}
    >
      <div className="terminal">
        <PastNotice />
        <Welcome />
        <Suspense fallback={<p className="empty">{words.terminal.loading}</p>}>
          <div className="xterm-pad">
            <XtermView />
          </div>
        </Suspense>
        <OutputLog />
        {narrow && <LessonStrip />}
        <PlainLine />
      </div>
    </PanelFrame>
  );
}

const FIRST_COMMANDS = ['ceph -s', 'ceph osd tree', 'ceph osd pool create rbd 32', 'help'];

/** What to type first; it goes away with the first command. */
function Welcome() {
  const words = useText();
  const empty = useTerminal((state) => state.blocks.length === 0);
  const never = useTimeline((state) => state.entries.length === 0);
  const open = useSession((state) => state.phase === 'open');
  const inLesson = useLesson((state) => state.lesson !== null);
  if (!empty || !never || !open || inLesson) return null;
  return (
    <div className="welcome">
      <p>{words.terminal.welcome.replaceAll('`', '')}</p>
      <p className="chips">
        {FIRST_COMMANDS.map((command) => (
          <CommandChip key={command} command={command} />
        ))}
      </p>
      <p>
        {words.lesson.intro}{' '}
        <button type="button" className="button primary" onClick={() => useUi.getState().set({ dialog: 'lessons' })}>
          {words.lesson.start}
        </button>
      </p>
    </div>
  );
}

/** Typing in the past starts a new future; this says so beforehand. */
function PastNotice() {
  const words = useText();
  const at = useTimeline((state) => state.at);
  const entries = useTimeline((state) => state.entries);
  if (isLive({ at, entries })) return null;
  const later = entries.filter((entry) => entry.seq > at).length;
  return (
    <p className="past-notice" role="status">
      {words.terminal.past(at, later)}
    </p>
  );
}
