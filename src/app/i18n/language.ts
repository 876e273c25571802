import { recall } from '../state/remember.ts';
import { type Language, useUi } from '../state/ui-store.ts';

/** The link decides, then what was chosen before, then the browser. */
export function startLanguage(fragment: string): void {
  const wanted = [new URLSearchParams(fragment).get('lang'), recall('language'), ...navigator.languages];
  const language = wanted.map(asLanguage).find((each) => each !== null) ?? 'en';
  useUi.getState().set({ language });
}

function asLanguage(tag: string | null): Language | null {
  if (tag === null) return null;
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}
