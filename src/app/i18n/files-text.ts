import { type FilesMessages, filesEn } from './files.en.ts';
import { filesZhCn } from './files.zh-CN.ts';
import { useLanguage } from './language-store.ts';

/** The words for files, in the page's present language. */
export function useFilesText(): FilesMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? filesZhCn : filesEn;
}
