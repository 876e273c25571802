import { type Language, useLanguage } from '../i18n/language-store.ts';
import { loadLanguage } from '../i18n/text.ts';
import { recall, remember } from './remember.ts';

/** The link decides, then what was chosen before, then the browser. What is chosen from here on is remembered. */
export async function startLanguage(fragment: string): Promise<void> {
  const wanted = [new URLSearchParams(fragment).get('lang'), recall('language'), ...navigator.languages];
  useLanguage.subscribe(({ language }) => {
    document.documentElement.lang = language;
    remember('language', language);
  });
  await choose(wanted.map(asLanguage).find((each) => each !== null) ?? 'en');
}

export function switchLanguage(): void {
  void choose(useLanguage.getState().language === 'en' ? 'zh-CN' : 'en');
}

async function choose(language: Language): Promise<void> {
  await loadLanguage(language);
  useLanguage.setState({ language });
}

function asLanguage(tag: string | null): Language | null {
  if (tag === null) return null;
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}
