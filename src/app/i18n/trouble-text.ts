import { useLanguage } from './language-store.ts';
import { type TroubleMessages, troubleEn } from './trouble.en.ts';
import { troubleZhCn } from './trouble.zh-CN.ts';

/** The words for failure and recovery in the page's present language. */
export function useTroubleText(): TroubleMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? troubleZhCn : troubleEn;
}
