import { stepTexts } from '../../../lessons/lesson.ts';
import { useLanguage } from '../../i18n/language-store.ts';
import { useText } from '../../i18n/text.ts';
import { goToStep, leaveLesson, useLesson } from '../../state/lesson-store.ts';
import { CommandChip } from '../page/command-chip.tsx';
import { Icon } from '../page/icon.tsx';
import { PanelFrame } from '../page/panel-frame.tsx';
import './lesson.css';
import { MarkdownView } from './markdown-view.tsx';

/** The step of the lesson: what to read, what to type, what to look at, and the goals, ticked as they are reached. */
export function LessonPanel() {
  const words = useText();
  const language = useLanguage((state) => state.language);
  const lesson = useLesson((state) => state.lesson);
  const at = useLesson((state) => state.step);
  if (lesson === null) return null;
  const text = stepTexts(lesson.words[language])[at];
  const step = lesson.steps[at];
  return (
    <PanelFrame
      id="lesson"
      title={`${at + 1}. ${text?.title ?? ''}`}
      subtitle={words.lesson.step(at + 1, lesson.steps.length)}
      actions={<Leave />}
    >
      <div className="lesson">
        <MarkdownView text={text?.body ?? ''} />
        <p className="quiet">{words.lesson.try}</p>
        <p className="chips">
          {step?.commands.map((command) => (
            <CommandChip key={command} command={command} />
          ))}
        </p>
        <Goals />
      </div>
      <Steps at={at} count={lesson.steps.length} />
    </PanelFrame>
  );
}

function Leave() {
  const label = useText().lesson.leave;
  return (
    <button type="button" className="icon-button" aria-label={label} title={label} onClick={leaveLesson}>
      <Icon name="close" />
    </button>
  );
}

function Goals() {
  const words = useText().lesson;
  const language = useLanguage((state) => state.language);
  const { lesson, step, reached } = useLesson();
  const goals = lesson?.steps[step]?.goals ?? [];
  return (
    <section aria-live="polite">
      <h3>{words.goals}</h3>
      <ul className="goals">
        {goals.map((goal, index) => (
          <li key={goal.name.en} className={reached[index] === true ? 'reached' : ''}>
            <Icon name={reached[index] === true ? 'check' : 'ring'} />
            <span>{goal.name[language]}</span>
            <span className="visually-hidden">{reached[index] === true ? words.done : words.open}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Steps({ at, count }: { readonly at: number; readonly count: number }) {
  const words = useText().lesson;
  const reached = useLesson((state) => state.reached);
  const done = reached.length > 0 && reached.every((each) => each);
  const last = at === count - 1;
  return (
    <div className="lesson-steps">
      <button type="button" className="button" disabled={at === 0} onClick={() => goToStep(at - 1)}>
        {words.previous}
      </button>
      <progress value={at + (done ? 1 : 0)} max={count} aria-label={words.step(at + 1, count)} />
      {last ? (
        <button type="button" className={done ? 'button primary' : 'button'} onClick={leaveLesson}>
          {words.finish}
        </button>
      ) : (
        <button type="button" className={done ? 'button primary' : 'button'} onClick={() => goToStep(at + 1)}>
          {words.next}
        </button>
      )}
    </div>
  );
}
