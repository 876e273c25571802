import { create } from 'zustand';
import { CATALOGUE } from '../../lessons/catalogue.ts';
import { isReached, type Lesson } from '../../lessons/lesson.ts';
import { sandbox } from './client.ts';
import { recall, remember } from './remember.ts';
import { useSession } from './session-store.ts';
import { useTimeline } from './timeline-store.ts';

export interface LessonState {
  readonly lesson: Lesson | null;
  readonly step: number;
  /** One for each goal of the step: whether it is reached in the state that is shown. */
  readonly reached: readonly boolean[];
}

export const useLesson = create<LessonState>()(() => ({ lesson: null, step: 0, reached: [] }));

/** Loads a lesson and shows its step. */
export async function takeLesson(id: string, step = 0): Promise<void> {
  const entry = CATALOGUE.find((each) => each.id === id);
  if (entry === undefined) return;
  const lesson = await entry.load();
  useLesson.setState({ lesson, step: Math.min(step, lesson.steps.length - 1), reached: [] });
  await checkGoals();
}

export function leaveLesson(): void {
  useLesson.setState({ lesson: null, step: 0, reached: [] });
}

export function goToStep(step: number): void {
  useLesson.setState({ step, reached: [] });
  void checkGoals();
}

/** Checks the goals of the step by running their probes on the side. */
export async function checkGoals(): Promise<void> {
  const { lesson, step } = useLesson.getState();
  const goals = lesson?.steps[step]?.goals ?? [];
  const reached: boolean[] = [];
  for (const goal of goals) reached.push(isReached(goal, await sandbox().probe(goal.probe)));
  const now = useLesson.getState();
  if (now.lesson === lesson && now.step === step) useLesson.setState({ reached });
}

/** Takes up the lesson that was open when the page was left, and checks goals as the state changes. */
export function startLessons(): void {
  useLesson.subscribe((state) => remember('lesson', state.lesson === null ? '' : `${state.lesson.id}/${state.step}`));
  useSession.subscribe((state, before) => {
    if (state.phase === 'open' && before.phase !== 'open') void resume();
  });
  useTimeline.subscribe((state, before) => {
    const changed = state.at !== before.at || state.entries !== before.entries;
    if (changed && useLesson.getState().lesson !== null) void checkGoals();
  });
}

async function resume(): Promise<void> {
  const [id = '', step = '0'] = (remembered ?? '').split('/');
  if (id !== '') await takeLesson(id, Number(step) || 0);
}

/** Read before the first subscription writes. */
const remembered = recall('lesson');
