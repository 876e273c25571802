import { frameEn } from './frame.en.ts';
import { stageEn } from './stage.en.ts';

export const messagesEn = { ...frameEn, ...stageEn };

/** What every language must have. */
export type Messages = typeof messagesEn;
