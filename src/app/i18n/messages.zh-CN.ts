import { frameZhCn } from './frame.zh-CN.ts';
import type { Messages } from './messages.en.ts';

export const messagesZhCn = { ...frameZhCn } satisfies Messages;
