import './app/theme/tokens.css';
import './app/theme/base.css';
import { createRoot } from 'react-dom/client';
import { startAppearance } from './app/state/appearance.ts';
import { startPace, startSandbox } from './app/state/client.ts';
import { startLanguage } from './app/state/language.ts';
import { startLessons } from './app/state/lesson-store.ts';
import { hasScenario, openLink } from './app/state/link.ts';
import { startMapsPlace } from './app/state/maps-place.ts';
import { useSession } from './app/state/session-store.ts';
import { startMotion } from './app/views/page/motion.ts';
import { Page } from './app/views/page/page.tsx';

const fragment = location.hash.slice(1);
const language = startLanguage(fragment);
startAppearance();
startPace();
startLessons();
startMotion();
startMapsPlace();

// Words first: nothing is to be read in one language and then in another.
await language;
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<Page />);

// The stored session is opened first, so that a link that is damaged, or not wanted, changes nothing.
await startSandbox(null);
if (useSession.getState().phase === 'open' && hasScenario(fragment)) await openLink(fragment);
window.addEventListener('hashchange', () => {
  const changed = location.hash.slice(1);
  if (hasScenario(changed)) void openLink(changed);
});
