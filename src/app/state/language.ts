import { type Language, useLanguage } from '../i18n/language-store.ts';
import { recall, remember } from './remember.ts';

/** The link decides, then what was chosen before, then the browser. What is chosen from here on is remembered. */
export function startLanguage(fragment: string): void {
  const wanted = [new URLSearchParams(fragment).get('lang'), recall('language'), ...navigator.languages];
  useLanguage.subscribe(({ language }) => {
    document.documentElement.lang = language;
    remember('language', language);
  });
  useLanguage.setState({ language: wanted.map(asLanguage).find((each) => each !== null) ?? 'en' });
}

export function switchLanguage(): void {
  useLanguage.setState(({ language }) => ({ language: language === 'en' ? 'zh-CN' : 'en' }));
}

function asLanguage(tag: string | null): Language | null {
  if (tag === null) return null;
  if (/^zh\b/i.test(tag)) return 'zh-CN';
  return /^en\b/i.test(tag) ? 'en' : null;
}
