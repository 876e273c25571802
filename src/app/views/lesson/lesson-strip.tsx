import { useText } from '../../i18n/text.ts';
import { goToStep, useLesson } from '../../state/lesson-store.ts';
import { useUi } from '../../state/ui-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Icon } from '../page/icon.tsx';
import './lesson.css';

/** The lesson's step in one row, for pages where the lesson and the terminal are not seen together. */
export function LessonStrip() {
  const words = useText().lesson;
  const lesson = useLesson((state) => state.lesson);
  const at = useLesson((state) => state.step);
  const reached = useLesson((state) => state.reached);
  if (lesson === null) return null;
  const done = reached.length > 0 && reached.every((each) => each);
  const open = (): void => useUi.getState().set({ tab: 'lesson' });
  const next = (): void => {
    goToStep(at + 1);
    open();
  };
  return (
    <fieldset className="lesson-strip" aria-label={words.step(at + 1, lesson.steps.length)}>
      {done && at < lesson.steps.length - 1 ? (
        <button type="button" className="button primary" onClick={next}>
          <Icon name="check" /> {words.next}
        </button>
      ) : (
        <button type="button" className="button" onClick={open}>
          {done && <Icon name="check" />} {at + 1} / {lesson.steps.length}
        </button>
      )}
      {lesson.steps[at]?.commands.map((command) => (
        <CommandChip key={command} command={command} />
      ))}
    </fieldset>
  );
}
