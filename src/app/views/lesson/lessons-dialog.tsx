import { CATALOGUE } from '../../../lessons/catalogue.ts';
import { useLanguage } from '../../i18n/language-store.ts';
import { useText } from '../../i18n/text.ts';
import { loadScenario } from '../../state/client.ts';
import { takeLesson } from '../../state/lesson-store.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { Dialog } from '../page/dialog.tsx';

/** The lessons to choose from. One that would meet a used cluster offers a new one. */
export function LessonsDialog() {
  const words = useText().lesson;
  const language = useLanguage((state) => state.language);
  const used = useTimeline((state) => state.entries.length > 0);
  const close = (): void => useUi.getState().set({ dialog: null });
  const start = async (id: string, fresh: boolean): Promise<void> => {
    useUi.getState().set({ dialog: null, tab: 'lesson', selection: null });
    if (fresh) await loadScenario(null);
    await takeLesson(id);
  };
  return (
    <Dialog title={words.choose} onClose={close}>
      {CATALOGUE.map((lesson) => (
        <article key={lesson.id} className="lesson-card">
          <h3>{lesson.title[language]}</h3>
          <p>{lesson.summary[language]}</p>
          <p className="dialog-actions">
            <button type="button" className="button primary" onClick={() => void start(lesson.id, used)}>
              {used ? words.freshFirst : words.start}
            </button>
            {used && (
              <button type="button" className="button" onClick={() => void start(lesson.id, false)}>
                {words.goOn}
              </button>
            )}
          </p>
        </article>
      ))}
    </Dialog>
  );
}
