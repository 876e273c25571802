import { frameEn } from './frame.en.ts';

export const messagesEn = { ...frameEn };

/** What every language must have. */
export type Messages = typeof messagesEn;
