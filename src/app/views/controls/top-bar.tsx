import { useLanguage } from '../../i18n/language-store.ts';
import { useText } from '../../i18n/text.ts';
import { useCluster } from '../../state/cluster-store.ts';
import { switchLanguage } from '../../state/language.ts';
import { useLesson } from '../../state/lesson-store.ts';
import { enterMaps } from '../../state/maps-place.ts';
import { useUi } from '../../state/ui-store.ts';
import './controls.css';
import { Icon } from '../page/icon.tsx';
import { usePageLayout } from '../page/use-page-layout.ts';
import { AppearanceMenu } from './appearance-menu.tsx';
import { MoreMenu } from './more-menu.tsx';
import { Pace } from './pace.tsx';

/** Name, where you are, how the cluster is, and what can be done with the page. */
export function TopBar() {
  const narrow = usePageLayout() === 'narrow';
  return (
    <header className="top-bar">
      <h1 className="brand">
        <svg viewBox="0 0 16 16" aria-hidden="true" className="brand-mark">
          <circle cx="8" cy="8" r="6" />
          <rect x="5.5" y="5.5" width="5" height="5" rx="1" />
        </svg>
        Radoscope
      </h1>
      {narrow ? <NarrowRest /> : <WideRest />}
    </header>
  );
}

/** One row: where the lesson is, its own tab tells. */
function NarrowRest() {
  return (
    <>
      <HealthPill />
      <Pace withSpeed={false} />
      <MoreMenu />
    </>
  );
}

function WideRest() {
  const words = useText();
  const { set } = useUi.getState();
  return (
    <>
      <LessonPill />
      <ClusterPill />
      <HealthPill />
      <span className="spring" />
      <Pace />
      <button type="button" className="button" onClick={() => set({ dialog: 'lessons' })}>
        {words.controls.lessons}
      </button>
      <button type="button" className="button" title={words.controls.mapsTitle} onClick={() => enterMaps()}>
        {words.controls.maps}
      </button>
      <button type="button" className="button" onClick={() => set({ dialog: 'files' })}>
        {words.controls.files}
      </button>
      <button type="button" className="button" onClick={() => set({ dialog: 'share' })}>
        {words.controls.share}
      </button>
      <button
        type="button"
        className="button"
        lang={useLanguage.getState().language === 'en' ? 'zh-CN' : 'en'}
        onClick={switchLanguage}
      >
        {words.otherLanguage}
      </button>
      <AppearanceMenu />
      <button
        type="button"
        className="button icon-only"
        aria-label={words.controls.help}
        title={words.controls.help}
        onClick={() => set({ dialog: 'help' })}
      >
        <Icon name="help" />
      </button>
    </>
  );
}

function LessonPill() {
  const words = useText().lesson;
  const lesson = useLesson((state) => state.lesson);
  const step = useLesson((state) => state.step);
  const language = useLanguage((state) => state.language);
  if (lesson === null) return null;
  return (
    <button type="button" className="pill" onClick={() => useUi.getState().set({ tab: 'lesson' })}>
      {lesson.title[language]} · {words.step(step + 1, lesson.steps.length)}
    </button>
  );
}

function ClusterPill() {
  const words = useText().page;
  const view = useCluster((state) => state.view);
  if (view === null) return null;
  const hosts = new Set(view.osds.map((osd) => osd.host)).size;
  return (
    <span className="pill cluster-pill" title={words.clusterTitle}>
      {words.cluster(words.releases[view.profile ?? 'tentacle'], hosts, view.osds.length, view.epoch)}
    </span>
  );
}

const HEALTH_MARK = { HEALTH_OK: '●', HEALTH_WARN: '▲', HEALTH_ERR: '✕' } as const;

/** Health in Ceph's own words, with a mark of its own for each state; says more when it is clicked. */
function HealthPill() {
  const health = useCluster((state) => state.view?.health);
  if (health === undefined) return null;
  const checks = health.checks.map((check) => `${check.code}: ${check.summary}`).join('\n');
  return (
    <button
      type="button"
      className={`pill health ${health.status}`}
      title={checks}
      onClick={() => useUi.getState().set({ dialog: 'health' })}
    >
      <span aria-hidden="true">{HEALTH_MARK[health.status]}</span> {health.status}
    </button>
  );
}
