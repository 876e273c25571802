import { useLanguage } from '../../i18n/language-store.ts';
import { useText } from '../../i18n/text.ts';
import { switchLanguage } from '../../state/language.ts';
import { enterMaps } from '../../state/maps-place.ts';
import { type Dialog, useUi } from '../../state/ui-store.ts';
import { Appearance } from './appearance-menu.tsx';
import { closeMenuOf, Menu } from './menu.tsx';
import { SpeedButton } from './pace.tsx';

/** All that a narrow page has no room for in its bar. */
export function MoreMenu() {
  const words = useText();
  const { controls } = words;
  const language = useLanguage((state) => state.language);
  return (
    <Menu label={controls.more} icon="menu">
      <div className="menu-body more">
        <OpenButton dialog="lessons" label={controls.lessons} />
        <button type="button" className="button" onClick={() => enterMaps()}>
          {controls.mapsTitle}
        </button>
        <OpenButton dialog="files" label={controls.files} />
        <OpenButton dialog="share" label={controls.share} />
        <OpenButton dialog="new-cluster" label={controls.newCluster} />
        <OpenButton dialog="help" label={controls.help} />
        <button
          type="button"
          className="button"
          lang={language === 'en' ? 'zh-CN' : 'en'}
          onClick={(event) => {
            closeMenuOf(event.currentTarget);
            switchLanguage();
          }}
        >
          {words.otherLanguage}
        </button>
        <p className="menu-speed">
          {controls.speed} <SpeedButton />
        </p>
        <Appearance />
      </div>
    </Menu>
  );
}

function OpenButton({ dialog, label }: { readonly dialog: Dialog; readonly label: string }) {
  return (
    <button
      type="button"
      className="button"
      onClick={(event) => {
        closeMenuOf(event.currentTarget);
        useUi.getState().set({ dialog });
      }}
    >
      {label}
    </button>
  );
}
