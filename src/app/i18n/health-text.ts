import { type HealthMessages, healthEn } from './health.en.ts';
import { healthZhCn } from './health.zh-CN.ts';
import { useLanguage } from './language-store.ts';

/** The words for health checks in the page's present language. */
export function useHealthText(): HealthMessages {
  return useLanguage((state) => state.language) === 'zh-CN' ? healthZhCn : healthEn;
}
