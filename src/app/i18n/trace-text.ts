import { useLanguage } from './language-store.ts';
import { type TraceMessages, traceEn } from './trace.en.ts';
import { traceZhCn } from './trace.zh-CN.ts';

/** The words for operations and their roads in the page's present language. */
export function useTraceText(): TraceMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? traceZhCn : traceEn;
}
