import { useText } from '../../i18n/text.ts';
import { type ThemeChoice, useUi } from '../../state/ui-store.ts';
import { Menu } from './menu.tsx';

const CHOICES: readonly ThemeChoice[] = ['system', 'dark', 'light'];

export function AppearanceMenu() {
  const label = useText().controls.theme;
  return (
    <Menu label={label} icon="theme">
      <div className="menu-body">
        <Appearance />
      </div>
    </Menu>
  );
}

/** Light, dark, high contrast, projector. */
export function Appearance() {
  const words = useText().controls;
  const ui = useUi();
  const names = { system: words.themeSystem, dark: words.themeDark, light: words.themeLight };
  return (
    <fieldset className="menu-group">
      <legend>{words.theme}</legend>
      {CHOICES.map((choice) => (
        <label key={choice}>
          <input type="radio" name="theme" checked={ui.theme === choice} onChange={() => ui.set({ theme: choice })} />{' '}
          {names[choice]}
        </label>
      ))}
      <hr />
      <label>
        <input
          type="checkbox"
          checked={ui.highContrast}
          onChange={(event) => ui.set({ highContrast: event.target.checked })}
        />{' '}
        {words.highContrast}
      </label>
      <label>
        <input
          type="checkbox"
          checked={ui.projector}
          onChange={(event) => ui.set({ projector: event.target.checked })}
        />{' '}
        {words.projector}
      </label>
    </fieldset>
  );
}
