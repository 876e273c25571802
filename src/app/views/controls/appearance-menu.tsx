import { useEffect, useRef } from 'react';
import { useText } from '../../i18n/text.ts';
import { type ThemeChoice, useUi } from '../../state/ui-store.ts';
import { Icon } from '../page/icon.tsx';

const CHOICES: readonly ThemeChoice[] = ['system', 'dark', 'light'];

/** Light, dark, high contrast, projector. */
export function AppearanceMenu() {
  const words = useText().controls;
  const ui = useUi();
  const menu = useRef<HTMLDetailsElement>(null);
  useCloseOutside(menu);
  const names = { system: words.themeSystem, dark: words.themeDark, light: words.themeLight };
  return (
    <details className="menu" ref={menu}>
      <summary className="button icon-only" aria-label={words.theme} title={words.theme}>
        <Icon name="theme" />
      </summary>
      <fieldset className="menu-body">
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
    </details>
  );
}

/** Closes an open menu when something else is clicked, or on Escape. */
function useCloseOutside(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const close = (event: Event): void => {
      const element = menu.current;
      const inside = event.target instanceof Node && element?.contains(event.target) === true;
      if (element?.open && (event instanceof KeyboardEvent ? event.key === 'Escape' : !inside)) element.open = false;
    };
    document.addEventListener('pointerdown', close);
    document.addEventListener('keydown', close);
    return () => {
      document.removeEventListener('pointerdown', close);
      document.removeEventListener('keydown', close);
    };
  }, [menu]);
}
