import type { DialogMessages } from '../../i18n/dialogs.en.ts';
import type { Messages } from '../../i18n/messages.en.ts';
import { switchLanguage } from '../../state/language.ts';
import { enterMaps } from '../../state/maps-place.ts';
import { useTimeline } from '../../state/timeline-store.ts';
import { type PanelId, useUi } from '../../state/ui-store.ts';
import { stepMotion } from '../page/motion.ts';
import { travelTo } from '../timeline/travel.ts';
import { changeSpeed, oneBack, togglePause } from './actions.ts';

/** Something that the page can do, for the palette. */
export interface PaletteAction {
  readonly name: string;
  readonly keys?: string;
  run(): void;
}

const PANELS: readonly PanelId[] = ['images', 'pgs', 'osds', 'terminal', 'inspector'];

/** All actions, named in the page's language. */
export function paletteActions(words: Messages, { help }: DialogMessages): PaletteAction[] {
  const { set } = useUi.getState();
  const { controls, page, panels, timeline } = words;
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
