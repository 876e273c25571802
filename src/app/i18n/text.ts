import { type Language, useLanguage } from './language-store.ts';
import { type Messages, messagesEn } from './messages.en.ts';

/** Other languages come when they are chosen. */
const loaded = new Map<Language, Messages>([['en', messagesEn]]);

/** Brings a language's words; it must be there before it is chosen. */
export async function loadLanguage(language: Language): Promise<void> {
  if (loaded.has(language)) return;
  loaded.set(language, (await import('./messages.zh-CN.ts')).messagesZhCn);
}

/** The words of the page in its present language; a component that uses them is drawn anew when it changes. */
export function useText(): Messages {
  return wordsOf(useLanguage((state) => state.language));
}

/** The same outside of components. */
export function text(): Messages {
  return wordsOf(useLanguage.getState().language);
}

function wordsOf(language: Language): Messages {
  return loaded.get(language) ?? messagesEn;
}
