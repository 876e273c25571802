import { create } from 'zustand';

export type Language = 'en' | 'zh-CN';

/** The language that the page speaks now. */
export const useLanguage = create<{ readonly language: Language }>()(() => ({ language: 'en' }));
