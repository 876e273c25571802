import { useLanguage } from './language-store.ts';
import { type ProfileMessages, profileEn } from './profile.en.ts';
import { profileZhCn } from './profile.zh-CN.ts';

/** The words for the kinds of clusters that there are, in the page's present language. */
export function useProfileText(): ProfileMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? profileZhCn : profileEn;
}
