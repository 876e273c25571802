import { type InspectedMessages, inspectedEn } from './inspected.en.ts';
import { inspectedZhCn } from './inspected.zh-CN.ts';
import { useLanguage } from './language-store.ts';

/** The words of what the inspector shows, in the page's present language. */
export function useInspectedText(): InspectedMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? inspectedZhCn : inspectedEn;
}
