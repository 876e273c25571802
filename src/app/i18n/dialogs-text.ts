import { type DialogMessages, dialogsEn } from './dialogs.en.ts';
import { dialogsZhCn } from './dialogs.zh-CN.ts';
import { useLanguage } from './language-store.ts';

/** The words of dialogs and banners, in the page's present language. */
export function useDialogText(): DialogMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? dialogsZhCn : dialogsEn;
}
