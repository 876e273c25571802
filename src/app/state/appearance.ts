import { recall, remember } from './remember.ts';
import { type ThemeChoice, type UiState, useUi } from './ui-store.ts';

const light = matchMedia('(prefers-color-scheme: light)');

/** Reads what the user chose before, and keeps the root element's attributes in step with the store. */
export function startAppearance(): void {
  const theme = recall('theme');
  useUi.getState().set({
    theme: theme === 'dark' || theme === 'light' ? theme : 'system',
    highContrast: recall('contrast') === 'high' || matchMedia('(prefers-contrast: more)').matches,
    projector: recall('size') === 'projector',
  });
  apply(useUi.getState());
  useUi.subscribe(apply);
  light.addEventListener('change', () => apply(useUi.getState()));
}

function apply(state: UiState): void {
  const { dataset } = document.documentElement;
  const theme = resolved(state.theme);
  if (dataset.theme !== theme) dataset.theme = theme;
  set('contrast', state.highContrast ? 'high' : null);
  set('size', state.projector ? 'projector' : null);
  remember('theme', state.theme);
  remember('contrast', state.highContrast ? 'high' : 'normal');
  remember('size', state.projector ? 'projector' : 'normal');
}

function set(name: 'contrast' | 'size', value: string | null): void {
  const { dataset } = document.documentElement;
  if (value === null) delete dataset[name];
  else if (dataset[name] !== value) dataset[name] = value;
}

function resolved(theme: ThemeChoice): 'dark' | 'light' {
  if (theme !== 'system') return theme;
  return light.matches ? 'light' : 'dark';
}
