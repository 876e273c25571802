import { frameZhCn } from './frame.zh-CN.ts';
import type { Messages } from './messages.en.ts';
import { stageZhCn } from './stage.zh-CN.ts';

export const messagesZhCn = { ...frameZhCn, ...stageZhCn } satisfies Messages;
