import { useLanguage } from './language-store.ts';
import { type Messages, messagesEn } from './messages.en.ts';
import { messagesZhCn } from './messages.zh-CN.ts';

/** The words of the page in its present language; a component that uses them is drawn anew when it changes. */
export function useText(): Messages {
  return useLanguage((state) => state.language) === 'zh-CN' ? messagesZhCn : messagesEn;
}

/** The same outside of components. */
export function text(): Messages {
  return useLanguage.getState().language === 'zh-CN' ? messagesZhCn : messagesEn;
}
