import type { Messages } from '../../i18n/messages.en.ts';
import { switchLanguage } from '../../state/language.ts';
import { enterMaps } from '../../state/maps-place.ts';
import { useSession } from '../../state/session-store.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { type PanelId, useUi } from '../../state/ui-store.ts';
import { faster, slower } from '../controls/speeds.ts';
import { stepMotion } from '../page/motion.ts';
import { travelTo } from '../timeline/travel.ts';

/** Something that the page can do, for the palette. */
export interface Action {
  readonly name: string;
  readonly keys?: string;
  run(): void;
}

export function togglePause(): void {
  useSession.setState((state) => ({ paused: !state.paused }));
}

export function changeSpeed(change: 'faster' | 'slower'): void {
  const { speed } = useSession.getState();
  useSession.setState({ speed: change === 'faster' ? faster(speed) : slower(speed) });
}

export function oneBack(): void {
  const { at } = useTimeline.getState();
  if (at > 0) travelTo(at - 1);
}

const PANELS: readonly PanelId[] = ['images', 'pgs', 'osds', 'terminal', 'inspector'];

/** All actions, named in the page's language. */
export function actions(words: Messages): Action[] {
  const { set } = useUi.getState();
  const { controls, page, panels, timeline, help } = words;
  return [
    { name: `${controls.pause} / ${controls.play}`, keys: 'Space', run: togglePause },
    { name: controls.step, keys: '.', run: stepMotion },
    { name: timeline.back, keys: ',', run: oneBack },
    { name: timeline.liveTitle, run: () => travelTo(useTimeline.getState().entries.at(-1)?.seq ?? 0) },
    { name: help.keys.speed, keys: '+ −', run: () => changeSpeed('faster') },
    { name: controls.lessons, run: () => set({ dialog: 'lessons' }) },
    { name: controls.mapsTitle, run: () => enterMaps() },
    { name: controls.files, run: () => set({ dialog: 'files' }) },
    { name: controls.share, run: () => set({ dialog: 'share' }) },
    { name: controls.newCluster, run: () => set({ dialog: 'new-cluster' }) },
    { name: words.otherLanguage, run: switchLanguage },
    { name: `${controls.theme}: ${controls.themeDark}`, run: () => set({ theme: 'dark' }) },
    { name: `${controls.theme}: ${controls.themeLight}`, run: () => set({ theme: 'light' }) },
    { name: controls.highContrast, run: () => set({ highContrast: !useUi.getState().highContrast }) },
    { name: controls.projector, run: () => set({ projector: !useUi.getState().projector }) },
    ...PANELS.map((panel) => ({
      name: page.wholePage(panels[panel]),
      run: () => set({ presenter: panel, tab: panel }),
    })),
    { name: page.back, run: () => set({ presenter: null }) },
    { name: controls.help, keys: '?', run: () => set({ dialog: 'help' }) },
  ];
}
